import Engine
import Language
import Panels

// Keys in a menu.
extension App {
  mutating func openMenu(_ page: MenuPage) {
    closeOverlay()
    view.isPlaying = false
    message = nil
    menu = OpenMenu(page, in: session)
  }

  /// A key while a menu is open.
  mutating func choose(_ key: Key) {
    guard var open = menu else { return }
    if open.value != nil { return editMenuValue(key) }
    let page = 8
    switch key {
    case .named(.up): open.choose(open.chosen - 1, in: session)
    case .named(.down): open.choose(open.chosen + 1, in: session)
    case .named(.pageUp): open.choose(open.chosen - page, in: session)
    case .named(.pageDown): open.choose(open.chosen + page, in: session)
    case .named(.home): open.choose(0, in: session)
    case .named(.end): open.choose(open.rows.count - 1, in: session)
    case .named(.enter), .named(.right): return accept()
    case .named(.escape), .control("c"): return menu = nil
    case .named(.left): if !open.go(to: nil, in: session) { return menu = nil }
    case .named(.backspace):
      if !open.filter.isEmpty {
        open.narrow(String(open.filter.dropLast()), in: session)
      } else if !open.go(to: nil, in: session) {
        return menu = nil
      }
    case .control("l"): needsRedraw = true
    case .character("/"): open.narrow("", in: session)
    case .character(let character):
      let isNumber = character.isNumber || "-.".contains(character)
      if isNumber, case .edit? = open.row?.effect {
        var value = ValueEditor("")
        _ = value.handle(key)
        open.edit(value, in: session)
      } else {
        open.narrow(open.filter + String(character), in: session)
      }
    default: break
    }
    menu = open
  }

  /// Enter, or a click on the row that is chosen.
  mutating func accept() {
    guard let row = menu?.row else { return }
    follow(row.effect)
  }

  private mutating func follow(_ effect: MenuRow.Effect) {
    switch effect {
    case .line(let line):
      give(fromMenu: line)
      if menu?.message == nil { menu = nil }
    case .stay(let line): give(fromMenu: line)
    case .page(let page): menu?.go(to: page, in: session)
    case .turn(let page): menu?.go(to: page, replacing: true, in: session)
    case .edit(let text, _): menu?.edit(ValueEditor(text), in: session)
    case .panel(let name):
      menu = nil
      view = view.focusing(name)
    case .message(let text): menu?.message = Message(text, .warning)
    }
  }

  /// A line that a menu comes to. What is wrong with it is said in the menu.
  private mutating func give(fromMenu line: String) {
    let open = menu
    give(line, from: .key)
    guard var open else { return }
    let hasFailed = message?.role == .warning && session.lines.last?.text != line
    open.message = hasFailed || message?.role == .bad ? message : nil
    if open.message != nil {
      message = nil
    } else {
      open.edit(nil, in: session)
      selectLayer(of: line)
    }
    if open.message == nil { open.renew(in: session) }
    menu = open
  }

  /// What was added or changed is looked at.
  private mutating func selectLayer(of line: String) {
    let words = line.split(separator: " ")
    let count = session.timeline.experiment.network.layers.count
    let layer = words.first == "dense" ? count : ["layer", "insert"].contains(words.first) ? Int(words[1]) ?? 0 : 0
    guard layer > 0, scene.selectedLayer != layer else { return }
    view = view.selecting(Selection(Quantity(.w, layer)), in: session.timeline.state)
  }

  /// A key while the value of a row is being edited.
  private mutating func editMenuValue(_ key: Key) {
    guard var value = menu?.value, case .edit(_, let commit)? = menu?.row?.effect else { return }
    menu?.message = nil
    switch key {
    case .named(.up): value.count(by: 1)
    case .named(.down): value.count(by: -1)
    case .named(.enter):
      let text = value.text
      return follow(commit(text))
    case .control("c"), .named(.escape):
      menu?.edit(nil, in: session)
      return
    default: _ = value.handle(key)
    }
    menu?.edit(value, in: session)
  }
}
