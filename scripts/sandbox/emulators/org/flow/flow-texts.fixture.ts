// Parts of flows as their metadata says them, and an action for them.

export const next = (target: string, tag = 'connector'): string => `<${tag}><targetReference>${target}</targetReference></${tag}>`;
export const reference = (path: string): string => `<value><elementReference>${path}</elementReference></value>`;
export const status = (value = 'Active'): string =>
  `<label>Test</label><processType>AutoLaunchedFlow</processType><status>${value}</status>`;

/** Notes how many inputs it got at once, calls out for each, and fails for the account named Bad. */
export const ACTION = `public class Note {
  public class Input { @InvocableVariable(required=true) public String name; }
  public class Output { @InvocableVariable public String text; @InvocableVariable public Integer size; }
  @InvocableMethod(label='Note' callout=true)
  public static List<Output> run(List<Input> inputs) {
    List<Output> outputs = new List<Output>();
    HttpRequest request = new HttpRequest();
    request.setEndpoint('callout:Notes/' + inputs.size());
    new Http().send(request);
    for (Input one : inputs) {
      if (one.name == 'Bad') { throw new IllegalArgumentException('Bad is bad'); }
      Output made = new Output();
      made.text = 'noted ' + one.name;
      made.size = inputs.size();
      outputs.add(made);
    }
    return outputs;
  }
}`;

export const action = (extra: string): string =>
  `<actionCalls><name>Call_Note</name><actionName>Note</actionName><actionType>apex</actionType>${extra}<inputParameters><name>name</name>${reference('$Record.Name')}</inputParameters><storeOutputAutomatically>true</storeOutputAutomatically></actionCalls>`;
