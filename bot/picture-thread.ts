import { parentPort, workerData } from 'node:worker_threads';
import { createCanvas } from '@napi-rs/canvas';
import { type Drawing, draw, type Faces, type Measure, measureWith } from '../boards/canvas.ts';
import { boardPicture } from '../boards/picture.ts';
import { pngOf } from '../boards/png.ts';
import { stagePicture } from '../boards/stage-picture.ts';
import { loadFaces } from './fonts.ts';
import type { PictureAnswer, PictureRequest } from './picture-worker.ts';

/**
 * The body of the one thread that draws pictures: it loads the fonts once, then draws what it is asked, in order.
 * Started by `picture-worker.ts` only.
 */
const settings: { fonts?: string[] } = workerData ?? {};
let tools: { faces: Faces; measure: Measure } | undefined;

function layOut(request: PictureRequest): Drawing {
  if (tools === undefined) {
    const faces = loadFaces(settings.fonts ?? []);
    tools = { faces, measure: measureWith(createCanvas(8, 8).getContext('2d')) };
  }
  const { faces, measure } = tools;
  return request.kind === 'board'
    ? boardPicture(request.view, faces, measure)
    : stagePicture(request.view, faces, measure);
}

function answer(id: number, request: PictureRequest): PictureAnswer {
  try {
    const drawing = layOut(request);
    const canvas = createCanvas(drawing.width, drawing.height);
    draw(drawing, canvas.getContext('2d'));
    const png = pngOf(canvas.data(), drawing.width, drawing.height);
    return {
      id,
      ok: true,
      png,
      width: drawing.width,
      height: drawing.height,
      warnings: [...drawing.warnings],
    };
  } catch (error) {
    return { id, ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', ({ id, request }: { id: number; request: PictureRequest }) => {
  const result = answer(id, request);
  parentPort?.postMessage(result, result.ok ? [result.png.buffer] : []);
});
