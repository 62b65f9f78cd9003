import { systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { integerArg, textArg } from './arguments.ts';
import { javaPattern, javaReplacement } from './java-pattern.ts';
import type { NativeType } from './native.ts';

interface MatcherState {
  pattern: string;
  text: string;
  from: number;
  match: RegExpExecArray | null;
}

function found(self: NativeObject<MatcherState>): RegExpExecArray {
  if (!self.state.match) throw systemException('StringException', 'No match found');
  return self.state.match;
}

function search(state: MatcherState, expression: RegExp): boolean {
  expression.lastIndex = state.from;
  state.match = expression.exec(state.text);
  if (state.match) state.from = state.match.index + Math.max(state.match[0].length, 1);
  return state.match !== null;
}

const matcher = (pattern: string, text: string): NativeObject<MatcherState> =>
  new NativeObject('Matcher', { pattern, text, from: 0, match: null });

export const patternTypes: NativeType[] = [
  {
    name: 'Pattern',
    statics: {
      'compile/1': (args) => new NativeObject('Pattern', textArg(args, 0)),
      'matches/2': (args) => javaPattern(`^(?:${textArg(args, 0)})$`, '').test(textArg(args, 1)),
      'quote/1': (args) => textArg(args, 0).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    },
    methods: {
      'matcher/1': (self: NativeObject<string>, args) => matcher(self.state, textArg(args, 0)),
      'pattern/0': (self: NativeObject<string>) => self.state,
    },
  },
  {
    name: 'Matcher',
    methods: {
      'end/0': (self: NativeObject<MatcherState>) => found(self).index + found(self)[0].length,
      'find/0': (self: NativeObject<MatcherState>) => search(self.state, javaPattern(self.state.pattern, 'g')),
      'group/0': (self: NativeObject<MatcherState>) => found(self)[0],
      'group/1': (self: NativeObject<MatcherState>, args) => found(self)[integerArg(args, 0)] ?? null,
      'groupcount/0': (self: NativeObject<MatcherState>) => found(self).length - 1,
      'matches/0': (self: NativeObject<MatcherState>) => matchesWhole(self.state),
      'replaceall/1': (self: NativeObject<MatcherState>, args) =>
        self.state.text.replace(javaPattern(self.state.pattern, 'g'), javaReplacement(textArg(args, 0))),
      'start/0': (self: NativeObject<MatcherState>) => found(self).index,
    },
  },
];

function matchesWhole(state: MatcherState): boolean {
  state.match = javaPattern(`^(?:${state.pattern})$`, '').exec(state.text);
  return state.match !== null;
}
