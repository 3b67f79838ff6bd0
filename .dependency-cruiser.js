/**
 * The direction of imports (docs/ARCHITECTURE): trial, bot → commands, boards, scheduler, storage → ledger → scoring.
 * Held by tests/architecture, which also breaks a copy of every rule to see that it fires.
 */
const PURE = '^(scoring|ledger|commands|boards|scheduler)/';
const ROOMS = '^(scoring|ledger|commands|boards|scheduler|storage|bot|trial)/';

/** A room and the rooms it may import besides itself. */
const mayImport = {
  scoring: [],
  ledger: ['scoring'],
  scheduler: ['ledger', 'scoring'],
  storage: ['ledger', 'scoring'],
  boards: ['ledger', 'scoring'],
  commands: ['boards', 'scheduler', 'ledger', 'scoring'],
  trial: ['bot', 'commands', 'boards', 'scheduler', 'storage', 'ledger', 'scoring'],
  bot: ['commands', 'boards', 'scheduler', 'storage', 'ledger', 'scoring'],
};

const directions = Object.entries(mayImport).map(([room, others]) => ({
  name: `${room}-imports-only-below`,
  severity: 'error',
  from: { path: `^${room}/`, ...(room === 'bot' ? { pathNot: '^bot/cli/' } : {}) },
  to: { path: ROOMS, pathNot: `^(${[room, ...others].join('|')})/` },
}));

export default {
  forbidden: [
    ...directions,
    {
      name: 'pure-rooms-touch-nothing',
      comment: 'No clock, file, network or process in a pure room; hashing and packing are arithmetic.',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|zlib)$' },
    },
    {
      name: 'wechaty-only-in-gateway',
      severity: 'error',
      from: { path: ROOMS, pathNot: '^(bot/gateway/|trial/)' },
      to: { path: 'node_modules/(wechaty|file-box)' },
    },
    {
      name: 'excel-behind-one-file',
      severity: 'error',
      from: { path: ROOMS, pathNot: '^(boards/excel/workbook|bot/roster-file)\\.ts$' },
      to: { path: 'node_modules/exceljs' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: ROOMS },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-test-code-in-the-house',
      severity: 'error',
      from: { path: ROOMS },
      to: { path: '^(tests|bench|scripts)/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
