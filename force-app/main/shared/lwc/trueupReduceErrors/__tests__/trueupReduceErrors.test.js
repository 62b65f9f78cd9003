import { reduceErrors } from 'c/trueupReduceErrors';

describe('c-trueup-reduce-errors', () => {
  it.each([
    ['nothing', undefined, []],
    ['a sentence', 'It broke.', ['It broke.']],
    ['an error of JavaScript', new Error('It broke.'), ['It broke.']],
    ['an exception of Apex', { body: { message: 'No access.' } }, ['No access.']],
    ['an answer without a body', { statusText: 'Server Error' }, ['Server Error']],
    ['a list of wire errors', { body: [{ message: 'One.' }, { message: 'Two.' }] }, ['One.', 'Two.']],
    ['several errors', [new Error('One.'), { body: { message: 'Two.' } }], ['One.', 'Two.']],
    ['the same error twice', [new Error('One.'), new Error('One.')], ['One.']],
    [
      'record and field errors',
      { body: { message: 'Failed.', output: { errors: [{ message: 'Locked.' }], fieldErrors: { Name: [{ message: 'Too long.' }] } } } },
      ['Locked.', 'Too long.'],
    ],
    ['page errors of DML', { body: { pageErrors: [{ message: 'Required.' }], fieldErrors: {} } }, ['Required.']],
  ])('reads %s', (_, error, sentences) => {
    expect(reduceErrors(error)).toEqual(sentences);
  });
});
