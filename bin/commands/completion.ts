import { Argument, type Command, type Option } from 'commander';
import { terminal, type Terminal } from './terminal.ts';

/** zsh reads bash's completions, once it is told to, and once its own are there: without a .zshrc they are not. */
const zshReadsBash = [
  '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }',
  'autoload -U +X bashcompinit && bashcompinit',
].join('\n');

const shells = ['bash', 'zsh'] as const;

/** `herold completion`: what a shell should offer, made of the commands there are. */
export function completionCommand(program: Command, io: Terminal = terminal): void {
  program
    .command('completion')
    .description('print a completion script; source it in the shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: (typeof shells)[number]) => {
      const script = scriptOf(program);
      io.print(shell === 'bash' ? script : `${zshReadsBash}\n${script}`);
    });
}

/** Goes along the words that name a command, and offers what may follow the last of them. */
function scriptOf(program: Command): string {
  const commands = walk(program, '');
  // What may be anything, a file among others, is left to the shell.
  const choices = new Map(
    commands.flatMap(({ options }) =>
      options.flatMap(({ long, required, argChoices = [] }) => (required ? [[long ?? '', argChoices]] : [])),
    ),
  );
  return [
    '_herold() {',
    '  local at="" before="${COMP_WORDS[COMP_CWORD-1]}" offered="" word index',
    '  for ((index = 1; index < COMP_CWORD; index++)); do',
    '    word="${COMP_WORDS[index]}"',
    '    case "$at $word" in',
    `      ${commands.flatMap(({ path }) => (path === '' ? [] : quoted(path))).join('|')}) at="$at $word" ;;`,
    '    esac',
    '  done',
    '  case "$before" in',
    ...[...choices].map(([option, values]) => `    ${option}) offered=${quoted(values.join(' '))} ;;`),
    '    *) case "$at" in',
    ...commands.map(({ path, offers }) => `      ${quoted(path)}) offered=${quoted(offers.join(' '))} ;;`),
    '    esac ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$offered" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _herold herold',
  ].join('\n');
}

interface Place {
  /** ` run list`, empty for `herold` itself. */
  path: string;
  /** Commands, choices of arguments, and options that may follow. */
  offers: string[];
  options: readonly Option[];
}

/** @param inherited options of the commands above, which may stand behind this one as well */
function walk(command: Command, path: string, inherited: readonly Option[] = []): Place[] {
  const options = [...command.options, ...inherited];
  const offers = [
    ...command.commands.map((child) => child.name()),
    ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    ...options.flatMap(({ long }) => long ?? []),
    '--help',
  ];
  const below = command.commands.flatMap((child) => walk(child, `${path} ${child.name()}`, options));
  return [{ path, offers, options }, ...below];
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
