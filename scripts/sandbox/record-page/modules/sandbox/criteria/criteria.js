// Visibility rules of Lightning pages: `{!$Permission.CustomPermission.X} EQUAL true`, `{!Record.Status__c} NE Paid`.
import { boot } from 'sandbox/boot';

/** Fields of the record the rules of these placed things read. */
export function fieldsOfRules(rules) {
    return rules.flatMap((rule) => rule?.criteria || []).flatMap(({ left }) => /^\{!Record\.([\w.]+)\}$/.exec(left)?.[1] || []);
}

/** Whether a rule shows its component to this user on this record (ui-api representation, may be undefined while loading). */
export function isVisible(rule, record) {
    if (!rule) return true;
    const results = rule.criteria.map((criterion) => holds(criterion, record));
    if (!rule.logic) return results.every(Boolean);
    return evaluate(rule.logic, results);
}

function holds({ left, operator, right }, record) {
    const value = String(valueOf(left, record) ?? '');
    const wanted = right.split(',').map((part) => part.trim());
    switch (operator) {
        case 'EQUAL':
            return wanted.some((one) => same(value, one));
        case 'NE':
            return !wanted.some((one) => same(value, one));
        case 'CONTAINS':
            return wanted.some((one) => value.toLowerCase().includes(one.toLowerCase()));
        case 'GT':
            return Number(value) > Number(right);
        case 'GE':
            return Number(value) >= Number(right);
        case 'LT':
            return Number(value) < Number(right);
        case 'LE':
            return Number(value) <= Number(right);
        default:
            throw new Error(`The sandbox does not know the visibility operator ${operator}.`);
    }
}

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

function valueOf(expression, record) {
    const [, path = ''] = /^\{!([^}]+)\}$/.exec(expression) || [];
    const [root, ...rest] = path.split('.');
    if (root === '$Permission') return boot[rest[0] === 'CustomPermission' ? 'customPermission' : 'userPermission'].includes(rest[1]);
    if (root === '$User') return boot.user[rest[0]];
    if (root === '$Client') return 'Large';
    if (root === 'Record') return rest.reduce((node, name, at) => (at === rest.length - 1 ? node?.fields?.[name]?.value : node?.fields?.[name]?.value), record);
    throw new Error(`The sandbox does not know what ${expression} means in a visibility rule.`);
}

// `1 AND (2 OR 3)`: a tiny descent, because the page's content policy forbids building functions from text.
function evaluate(logic, results) {
    const tokens = logic.toUpperCase().match(/\d+|AND|OR|NOT|[()]/g) || [];
    const take = (token) => tokens[0] === token && tokens.shift();
    const factor = () => {
        if (take('NOT')) return !factor();
        if (take('(')) {
            const inner = either();
            take(')');
            return inner;
        }
        return results[Number(tokens.shift()) - 1];
    };
    const both = () => {
        let value = factor();
        while (take('AND')) value = factor() && value;
        return value;
    };
    const either = () => {
        let value = both();
        while (take('OR')) value = both() || value;
        return value;
    };
    return either();
}
