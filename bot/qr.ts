import qrcode from 'qrcode';

/** The login code of WeChat as the terminal shows it. */
export function qrTerminal(code: string): Promise<string> {
  return qrcode.toString(code, { type: 'terminal', small: true });
}

/** The login code as a PNG, for a machine whose terminal nobody can see. */
export function qrPng(code: string): Promise<Buffer> {
  return qrcode.toBuffer(code, { type: 'png', width: 480, margin: 2 });
}
