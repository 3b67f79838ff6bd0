/** Draws what replies attach: views of `boards/views/` become the bytes of a picture, a spreadsheet or a document. */

import { agendaForm } from '../boards/agenda-form.ts';
import { filingForm } from '../boards/filing-form.ts';
import type { Form } from '../boards/form.ts';
import { signInForm, stageForm, unconfirmedForm } from '../boards/list-forms.ts';
import { ownDataForm } from '../boards/own-data-form.ts';
import { annex2Form, annex3Form } from '../boards/sheets.ts';
import { reviewForm, settlementForm } from '../boards/year-forms.ts';
import type { Attachment } from '../commands/command.ts';
import { renderBoardPicture, renderStagePicture } from './picture-worker.ts';

type Draw = (view: never) => Promise<Uint8Array>;

/**
 * What prints papers: two libraries that would take a fifth of the bot's start, loaded when the first paper is asked
 * for, and one after the other.
 */
async function loadPress(): Promise<{
  readonly excelOf: (form: Form) => Promise<Uint8Array>;
  readonly wordOf: (form: Form) => Promise<Uint8Array>;
}> {
  const { excelOf } = await import('../boards/excel/workbook.ts');
  const { wordOf } = await import('../boards/word/document.ts');
  return { excelOf, wordOf };
}
let press: ReturnType<typeof loadPress> | null = null;

/** A form that is printed from its view, as Excel and as Word alike. */
function paper(name: string, form: (view: never) => Form): Record<string, Draw> {
  return {
    [`${name}-excel`]: async (view: never) => (await (press ??= loadPress())).excelOf(form(view)),
    [`${name}-word`]: async (view: never) => (await (press ??= loadPress())).wordOf(form(view)),
  };
}

/** Every drawing by the name that attachments use. */
export const drawings: Readonly<Record<string, Draw>> = {
  'board-picture': renderBoardPicture,
  'stage-picture': renderStagePicture,
  ...paper('annex2', annex2Form),
  ...paper('annex3', annex3Form),
  ...paper('agenda', agendaForm),
  ...paper('filing', filingForm),
  ...paper('unconfirmed', unconfirmedForm),
  ...paper('sign-in', signInForm),
  ...paper('own-data', ownDataForm),
  ...paper('stages', stageForm),
  ...paper('settlement', settlementForm),
  ...paper('review', reviewForm),
};

/** An attachment's bytes. Throws on a form that nothing draws: a bug. */
export async function render(attachment: Attachment): Promise<Uint8Array> {
  const draw = drawings[attachment.form];
  if (!draw) throw new Error(`no drawing is called ${attachment.form}`);
  return draw(attachment.view as never);
}
