import { afterAll, describe, expect, test } from '@jest/globals';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type Drawing, type Faces, type Measure, type Stroke } from '../../boards/canvas.ts';
import { drawable, type Face, missingGlyphs, runsOf, STAND_IN } from '../../boards/glyphs.ts';
import { boardPicture } from '../../boards/picture.ts';
import { pngOf } from '../../boards/png.ts';
import { stagePicture } from '../../boards/stage-picture.ts';
import type { BoardView } from '../../boards/views/board.ts';
import { readFaces } from '../../bot/fonts.ts';
import { PictureWorker } from '../../bot/picture-worker.ts';
import { board, row, rows } from './sample.ts';

/** A font that draws the Basic Multilingual Plane, and a second one that has one rare character more. */
const plain: Face = { family: 'Plain', covers: (codePoint) => codePoint < 0x1_0000 };
const rare: Face = { family: 'Rare', covers: (codePoint) => codePoint === 0x2_0bb7 };
const faces: Faces = { regular: [plain, rare], bold: [plain, rare] };
const measure: Measure = (text, _family, size) =>
  Array.from(text).reduce((sum, c) => sum + (c < '\u2000' ? 0.55 : 1) * size, 0);

type Text = Extract<Stroke, { kind: 'text' }>;
const texts = (drawing: Drawing): Text[] =>
  drawing.strokes.filter((stroke): stroke is Text => stroke.kind === 'text');
const words = (drawing: Drawing): string[] =>
  texts(drawing).map((stroke) => stroke.runs.map((run) => run.text).join(''));

describe('The layout of a board', () => {
  test('is 1080 wide, grows with the people, and keeps every stroke on the page', () => {
    const heights = [5, 45, 120].map((count) => {
      const drawing = boardPicture(board(rows(count)), faces, measure);
      for (const stroke of drawing.strokes) {
        const left =
          stroke.kind === 'box'
            ? stroke.x
            : stroke.x -
              (stroke.align === 'center' ? stroke.width / 2 : stroke.align === 'right' ? stroke.width : 0);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left + stroke.width).toBeLessThanOrEqual(1080);
        expect(stroke.y).toBeLessThanOrEqual(drawing.height);
      }
      return [drawing.width, drawing.height];
    });
    expect(heights.map(([width]) => width)).toEqual([1080, 1080, 1080]);
    expect(heights[1]![1]).toBeGreaterThan(heights[0]![1]!);
    expect(heights[2]![1]).toBeGreaterThan(heights[1]![1]!);
  });

  test('has the people in the order given, once each, at a size a phone can show', () => {
    const view = board(rows(45));
    const drawing = boardPicture(view, faces, measure);
    const names = new Set(view.rows.map((each) => each.name));
    expect(words(drawing).filter((word) => names.has(word))).toEqual(view.rows.map((each) => each.name));
    for (const stroke of texts(drawing)) expect(stroke.size).toBeGreaterThanOrEqual(20);
  });

  test("has 附件3's columns and nothing that a view could smuggle in", () => {
    const secret = { ...row('赵一鸣'), reason: '住院', health: '糖尿病' };
    const said = words(boardPicture(board([secret]), faces, measure));
    for (const label of ['姓名', '志愿服务岗位', '40分', '60分', '加分', '扣分项', '合计'])
      expect(said).toContain(label);
    expect(said.join()).not.toMatch(/住院|糖尿病/);
  });

  test('a long post goes on below in its column and its row grows, whatever the town calls it', () => {
    const long = '“三留守”人员关爱帮扶及未成年人保护';
    for (const grade of [undefined, '优秀' as const]) {
      const tall = (post: string) => {
        const each = row('赵一鸣', {
          posts: [`${post}岗`, '家风家教岗'],
          ...(grade ? { grade, stars: 5 } : {}),
        });
        return boardPicture(board([each]), faces, measure);
      };
      const drawing = tall(long);
      const parts = texts(drawing).filter((stroke) =>
        long.includes(stroke.runs.map((run) => run.text).join('')),
      );
      const column = parts.filter((stroke) => stroke.x === parts[0]!.x);
      expect(column.length).toBeGreaterThan(1);
      expect(column.map((stroke) => stroke.runs.map((run) => run.text).join('')).join('')).toBe(long);
      const figures = texts(drawing).find((stroke) => stroke.runs[0]?.text === '40')!;
      for (const stroke of column)
        expect(stroke.x + stroke.width).toBeLessThan(figures.x - figures.width / 2);
      expect(drawing.height).toBeGreaterThan(tall('治安巡逻').height);
    }
  });

  test('repeats the headings on a long board', () => {
    const count = (n: number) =>
      words(boardPicture(board(rows(n)), faces, measure)).filter((word) => word === '扣分项').length;
    expect([count(5), count(34), count(45), count(120)]).toEqual([1, 1, 2, 4]);
  });

  test('writes 待评 where there is no figure, and says that it is no zero', () => {
    const said = words(
      boardPicture(board([row('赵一鸣', { service: null, total: null }), row('钱二妹')]), faces, measure),
    );
    expect(said.filter((word) => word === '待评')).toHaveLength(2);
    expect(said).toContain('待评：这一项还没有评分，不是0分。');
    expect(words(boardPicture(board([row('钱二妹')]), faces, measure)).join()).not.toContain('待评');
  });

  test('draws the bar of the total to scale', () => {
    const bars = (total: number) =>
      boardPicture(board([row('赵一鸣', { total })]), faces, measure).strokes.filter(
        (s) => s.kind === 'box' && s.height === 8 && s.radius === 4,
      );
    const [track, full] = bars(100);
    expect(full!.width).toBe(track!.width);
    const [, half] = bars(50);
    expect(half!.width).toBe(track!.width / 2);
    expect(bars(0)).toHaveLength(1);
  });

  test('shows the grade and stars of a year', () => {
    const view = board(
      [row('赵一鸣', { grade: '优秀', stars: 5 }), row('钱二妹', { grade: null, stars: null })],
      { period: '2031' },
    );
    const said = words(boardPicture(view, faces, measure));
    expect(said).toEqual(expect.arrayContaining(['等次', '优秀', '★★★★★', '2031年度']));
    expect(said).toContain('没有问题：在群里回复“确认年度”');
  });

  test('shows no score on the stage table, and the late branch first', () => {
    const base = { members: 20, stage: '公示中', progress: 0.5, openTickets: 0, unconfirmed: 3 };
    const drawing = stagePicture(
      {
        town: '云岭镇',
        period: '2031-05',
        at: '2031-06-12T08:00:00',
        rows: [
          { ...base, branch: '甲村', daysLate: 0 },
          { ...base, branch: '乙村', daysLate: 4 },
        ],
      },
      faces,
      measure,
    );
    expect(words(drawing).filter((word) => word.endsWith('村'))).toEqual(['乙村', '甲村']);
    expect(words(drawing)).toContain('4天');
  });
});

describe('Rare characters', () => {
  test('are drawn from a second font', () => {
    expect(runsOf('张𠮷山', [plain, rare])).toEqual([
      { text: '张', family: 'Plain' },
      { text: '𠮷', family: 'Rare' },
      { text: '山', family: 'Plain' },
    ]);
  });

  test('that no font has become 〓 with a warning that names the row, never a tofu box', () => {
    const view = board([row('赵一鸣'), row('张𡋾')]);
    const drawing = boardPicture(view, faces, measure);
    expect(drawing.warnings).toEqual(['第2行 张𡋾：缺字 𡋾']);
    expect(words(drawing)).toContain(`张${STAND_IN}`);
    expect(words(drawing).join()).not.toContain('𡋾');
    expect(words(drawing)).toContain('〓：这个字图片里写不出，以文字榜为准。');
  });

  test('warn for every row that has one, also the second row with the same character', () => {
    const drawing = boardPicture(board([row('张𡋾'), row('李𡋾'), row('赵一鸣')]), faces, measure);
    expect(drawing.warnings).toEqual(['第1行 张𡋾：缺字 𡋾', '第2行 李𡋾：缺字 𡋾']);
  });

  test('marks that draw nothing are no missing glyphs', () => {
    expect(drawable('赵\u200d一\ufe0f鸣\u{e0100}')).toBe('赵一鸣');
    expect(missingGlyphs('赵\u200b一', [plain])).toEqual([]);
  });

  test('the shipped font has the rare name characters of the national list and the signs a board needs', () => {
    const [shipped] = readFaces();
    expect(
      missingGlyphs('㛃䶮𬍛𬭎龑喆堃旸祎昇珺翀頔䴖镕瑨煊燚彧〓★－—·（）【】“”0123456789', [shipped!]),
    ).toEqual([]);
    expect(missingGlyphs('\u{2fffe}', [shipped!])).toHaveLength(1);
  });
});

describe('A PNG with a palette', () => {
  const canvasOf = (paint: (pen: ReturnType<ReturnType<typeof createCanvas>['getContext']>) => void) => {
    const canvas = createCanvas(64, 40);
    paint(canvas.getContext('2d'));
    return canvas;
  };
  const rgbOf = async (png: Uint8Array) => {
    const image = await loadImage(png);
    const pen = createCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height).data;
  };

  test('keeps every pixel where the colours are few', async () => {
    const canvas = canvasOf((pen) => {
      for (let i = 0; i < 200; i++) {
        pen.fillStyle = `rgb(${i}, ${255 - i}, ${(i * 7) % 256})`;
        pen.fillRect((i % 20) * 3, Math.floor(i / 20) * 4, 4, 4);
      }
      pen.fillStyle = '#102030';
      pen.fillRect(61, 0, 3, 40);
    });
    const bytes = canvas.data();
    const kept = await rgbOf(pngOf(bytes, 64, 40));
    for (let i = 0; i < bytes.length; i += 4)
      if (bytes[i + 3] === 255)
        expect([kept[i], kept[i + 1], kept[i + 2]]).toEqual([bytes[i], bytes[i + 1], bytes[i + 2]]);
  });

  test('is near every pixel where there are more colours than a palette holds', async () => {
    const canvas = canvasOf((pen) => {
      for (let x = 0; x < 64; x++)
        for (let y = 0; y < 40; y++) {
          pen.fillStyle = `rgb(${x * 4}, ${x * 4}, ${200 - y})`;
          pen.fillRect(x, y, 1, 1);
        }
    });
    const bytes = canvas.data();
    const kept = await rgbOf(pngOf(bytes, 64, 40));
    let worst = 0;
    for (let i = 0; i < bytes.length; i++) worst = Math.max(worst, Math.abs(bytes[i]! - kept[i]!));
    expect(worst).toBeLessThanOrEqual(24);
  });
});

describe('The picture thread', () => {
  const worker = new PictureWorker();
  afterAll(() => worker.close());

  test('draws a PNG of the size laid out, with ink where the text is, and keeps names apart', async () => {
    const [one, other] = await Promise.all([
      worker.renderBoard(board([row('赵一鸣')])),
      worker.renderBoard(board([row('钱二妹')])),
    ]);
    const pixels = await pixelsOf(one.png);
    expect([pixels.width, pixels.height]).toEqual([one.width, one.height]);
    expect(pixels.width).toBe(1080);
    // The name's box: some ink, but by far not all of it.
    const dark = pixels.share(72, 420, 150, 60, ([r, g, b]) => r + g + b < 300);
    expect(dark).toBeGreaterThan(0.05);
    expect(dark).toBeLessThan(0.6);
    expect(Buffer.from(one.png).equals(Buffer.from(other.png))).toBe(false);
  });

  test('gives the same bytes for the same board', async () => {
    const view = board(rows(3));
    const [one, other] = [await worker.renderBoard(view), await worker.renderBoard(view)];
    expect(Buffer.from(one.png).equals(Buffer.from(other.png))).toBe(true);
  });

  test('refuses a view it cannot draw, and draws the next', async () => {
    const broken: BoardView = JSON.parse('{"town":"云岭镇"}');
    await expect(worker.renderBoard(broken)).rejects.toThrow('could not be drawn');
    expect((await worker.renderBoard(board(rows(2)))).png.length).toBeGreaterThan(1000);
  });

  test('starts again after it was closed', async () => {
    await worker.close();
    expect((await worker.renderBoard(board([row('赵一鸣')]))).warnings).toEqual([]);
  });
});

async function pixelsOf(png: Uint8Array) {
  const image = await loadImage(png);
  const pen = createCanvas(image.width, image.height).getContext('2d');
  pen.drawImage(image, 0, 0);
  const share = (
    x: number,
    y: number,
    width: number,
    height: number,
    is: (rgb: [number, number, number]) => boolean,
  ): number => {
    const { data } = pen.getImageData(x, y, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (is([data[i]!, data[i + 1]!, data[i + 2]!])) count += 1;
    return count / (width * height);
  };
  return { width: image.width, height: image.height, share };
}
