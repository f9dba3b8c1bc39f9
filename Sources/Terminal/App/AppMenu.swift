import Engine
import Language
import Panels

// A menu.
extension App {
  mutating func openMenu(_ page: MenuPage) {
    closeOverlay()
    view.isPlaying = false
    message = nil
    menu = OpenMenu(page, in: session)
  }

  /// How far a page of the list goes.
  private static let page = 8

  /// Does something in the menu.
  mutating func perform(_ act: Binding.MenuAct) {
    guard var open = menu else { return }
    switch act {
    // Over an end the list goes on at the other.
    case .above: open.choose(open.chosen == 0 ? open.rows.count - 1 : open.chosen - 1, in: session)
    case .below: open.choose(open.chosen == open.rows.count - 1 ? 0 : open.chosen + 1, in: session)
    case .pageUp: open.choose(open.chosen - App.page, in: session)
    case .pageDown: open.choose(open.chosen + App.page, in: session)
    case .first: open.choose(0, in: session)
    case .last: open.choose(open.rows.count - 1, in: session)
    case .take:
      guard let row = open.row else { return }
      return follow(row.effect)
    case .widen where !open.filter.isEmpty: open.narrow(String(open.filter.dropLast()), in: session)
    case .back, .widen: if !open.go(to: nil, in: session) { return menu = nil }
    case .find: open.narrow("", in: session)
    case .close: return menu = nil
    }
    menu = open
  }

  /// A character that is typed in a menu: a number begins the value of a row that has one, all else narrows the list down.
  mutating func narrow(by character: Character) {
    guard var open = menu else { return }
    let isOfNumber = character.isNumber || "-.".contains(character)
    // In a form a number is meant for a value, whichever row is chosen: the first that has one.
    if isOfNumber, open.filter.isEmpty { open.chooseNumber(in: session) }
    if isOfNumber, case .edit? = open.row?.effect {
      var value = ValueEditor("")
      value.type(String(character))
      open.edit(value, in: session)
    } else {
      open.narrow(open.filter + String(character), in: session)
    }
    menu = open
  }

  private mutating func follow(_ effect: MenuRow.Effect) {
    switch effect {
    case .line(let line): if give(fromMenu: line) { menu = nil }
    case .lineAndCell(let line, let cell):
      let list = menu
      guard give(fromMenu: line) else { return }
      (menu, leftList) = (nil, list)
      if message == nil || message == App.done(line) { message = Message("Esc goes back to the list") }
      if let cell { view = view.focusing(Panel.layer.name).selecting(cell, in: session.timeline.state) }
    case .stay(let line): give(fromMenu: line)
    case .page(let page): menu?.go(to: page, in: session)
    case .turn(let page): menu?.go(to: page, replacing: true, in: session)
    case .edit(let text, _): menu?.edit(ValueEditor(text), in: session)
    case .panel(let name):
      menu = nil
      view = view.focusing(name)
    case .select(let cell):
      menu = nil
      let hasOwnPanel =
        cell.quantity.kind == .jacobian && session.timeline.state.showsJacobian(layer: cell.quantity.layer)
      view = view.focusing(hasOwnPanel ? Panel.jacobian.name : Panel.layer.name)
      view = view.selecting(cell, in: session.timeline.state)
    case .prompt(let text): openPrompt(with: text)
    case .key(let name, let panel):
      menu = nil
      if let panel { view = view.focusing(panel) }
      press(key: name)
    case .copy(let text, let what):
      menu = nil
      copy(text, what)
    case .message(let text): menu?.message = Message(text, .warning)
    }
  }

  /// What is said of a line that shows nowhere.
  private static func done(_ line: String) -> Message { Message("done: \(line)") }

  /// Gives a line that a menu comes to; true where it did what it says. What is wrong with it is said in the menu.
  @discardableResult
  private mutating func give(fromMenu line: String) -> Bool {
    let open = menu
    let worked = give(line, from: .key)
    guard var open else { return worked }
    if worked {
      // What was done shows nowhere on some screens.
      if message == nil, !session.isWorking { message = App.done(line) }
      open.message = nil
      open.edit(nil, in: session)
      selectLayer(of: line)
      open.renew(in: session)
    } else if question == nil {
      open.message = message
      message = nil
    }
    menu = open
    return worked
  }

  /// What was added or changed is looked at.
  private mutating func selectLayer(of line: String) {
    let words = line.split(separator: " ").map(String.init)
    let layer =
      switch words.first.flatMap(App.command)?.layer {
      case .last: session.timeline.experiment.network.layers.count
      case .counted: words.dropFirst().first.flatMap { Int($0) } ?? 0
      case nil, .some(.none): 0
      }
    guard layer > 0, scene.selectedLayer != layer else { return }
    view = view.selecting(Selection(Quantity(.w, layer)), in: session.timeline.state)
  }

  /// Does something with the value of a row that is being edited.
  mutating func performInMenu(_ act: Binding.ValueAct, steps: Int) {
    guard var value = menu?.value, case .edit(_, let commit)? = menu?.row?.effect else { return }
    menu?.message = nil
    switch act {
    case .more: value.count(by: steps)
    case .less: value.count(by: -steps)
    case .take: return follow(commit(value.text))
    case .takeAndGoOn: return
    case .giveUp: return menu?.edit(nil, in: session) ?? ()
    }
    menu?.edit(value, in: session)
  }

  /// Changes the text of that value.
  mutating func changeMenuValue(_ change: (inout ValueEditor) -> LineEditor.Outcome) {
    guard var value = menu?.value else { return }
    menu?.message = nil
    let outcome = change(&value)
    menu?.edit(outcome == .cancelled ? nil : value, in: session)
  }
}
