import Language
import Panels

/// A menu while it is open: the pages on the way to it, what was typed to narrow it down, the chosen row, and the value
/// that is being edited.
struct OpenMenu: Sendable {
  /// The pages, the one on show last.
  private(set) var pages: [MenuPage]
  private(set) var filter = ""
  private(set) var chosen = 0
  /// The value of the chosen row while it is being edited.
  private(set) var value: ValueEditor?
  /// The line that the chosen row comes to with that value.
  private var editedLine: String?
  /// That line as it was tried, where the value is a setting.
  private var tried: TriedLine?
  /// Whether a setting was changed and is still to be taken.
  private var areSettingsChanged = false
  var message: Message?
  private(set) var menu: Menu
  private(set) var rows: [MenuRow] = []
  /// Where the rows have what was typed.
  private var matches: [MenuMatch?] = []
  private var preview = MenuPreview.text([])
  /// Where the rows were chosen on the pages before.
  private var chosenBefore: [Int] = []

  init(_ page: MenuPage, in session: Session) {
    pages = [page]
    menu = Menu(page, in: session)
    chosen = menu.first
    refresh(in: session)
  }

  /// The chosen row; nil where the filter leaves none.
  var row: MenuRow? { rows.indices.contains(chosen) ? rows[chosen] : nil }

  /// Makes the page on show anew.
  mutating func refresh(in session: Session) {
    if let page = pages.last { menu = Menu(page, in: session) }
    let found = menu.found(by: filter)
    (rows, matches) = (found.map(\.row), found.map(\.match))
    chosen = min(max(chosen, 0), max(rows.count - 1, 0))
    preview = row.map { session.preview(of: $0) } ?? .text([])
  }

  /// Makes the page anew after a line was given: the whole list again, with the same row chosen where it is still there.
  mutating func renew(in session: Session) {
    let (name, first) = (row?.name, menu.rows.first?.name)
    let place = menu.rows.firstIndex { $0.name == name }
    filter = ""
    refresh(in: session)
    // Where another list stands there now, it is begun at its own beginning.
    if menu.rows.first?.name != first { return choose(menu.first, in: session) }
    // What was frozen is called otherwise now, and stands where it stood.
    if message == nil, let index = rows.firstIndex(where: { $0.name == name }) ?? place { chosen = index }
    refresh(in: session)
  }

  /// Goes to another page, or back where there is none to go to; false where this was the first.
  @discardableResult
  mutating func go(to page: MenuPage?, replacing: Bool = false, in session: Session) -> Bool {
    let (last, before) = (chosen, pages.last)
    if let page {
      if replacing {
        pages.removeLast()
        // Of the settings of a thing, the next one is chosen where it was; of other lists, what is there now.
      } else {
        chosenBefore.append(last)
      }
      let isSameKind = replacing && page.isForm == menuIsForm
      pages.append(page)
      filter = ""
      menu = Menu(page, in: session)
      chosen = isSameKind && page.isForm ? last : menu.first
    } else {
      guard pages.count > 1 else { return false }
      pages.removeLast()
      filter = ""
      chosen = chosenBefore.popLast() ?? 0
    }
    menuIsForm = pages.last?.isForm ?? false
    areSettingsChanged = replacing && isSettings && (areSettingsChanged || pages.last != before)
    message = nil
    refresh(in: session)
    edit(nil, in: session)
    return true
  }

  private var menuIsForm = false

  mutating func choose(_ index: Int, in session: Session) {
    guard index != chosen else { return }
    chosen = min(max(index, 0), max(rows.count - 1, 0))
    message = nil
    refresh(in: session)
  }

  /// Chooses the first row of a form that has a number to edit, where the chosen one has none.
  mutating func chooseNumber(in session: Session) {
    func hasNumber(_ row: MenuRow) -> Bool { row.editable?.contains(where: \.isNumber) ?? false }
    guard menuIsForm, row.map(hasNumber) == false, let first = rows.firstIndex(where: hasNumber) else { return }
    choose(first, in: session)
  }

  mutating func narrow(_ filter: String, in session: Session) {
    let before = self.filter
    self.filter = filter
    chosen = 0
    message = nil
    refresh(in: session)
    // A letter that leaves nothing is not taken.
    if rows.isEmpty, filter.count > before.count {
      self.filter = before
      refresh(in: session)
    }
  }

  /// Opens the value of the chosen row, or puts another one in its place; nil closes it.
  mutating func edit(_ value: ValueEditor?, in session: Session) {
    self.value = value
    editedLine = value.flatMap { line(with: $0.text, in: session) }
    if let row, !isSettings { preview = session.preview(of: row, line: value == nil ? row.line : editedLine ?? "") }
    retry(in: session)
  }

  /// Tries the settings as they stand, once they are others than at the beginning. They change numbers and no shapes:
  /// whatever is selected stays there to be seen.
  private mutating func retry(in session: Session) {
    let isChanged = areSettingsChanged || value.map { $0.text != row?.editable } == true
    guard isChanged, isSettings, !session.isWorking else { return tried = nil }
    var trial = tried ?? TriedLine(on: session)
    trial.retry(editedLine ?? row?.line, on: session)
    tried = trial
  }

  private var isSettings: Bool { if case .settings? = pages.last { true } else { false } }

  /// The session as the settings that are being edited would make it; nil where they are as they were, or none are.
  var trial: Session? { tried?.session }

  /// The line that the chosen row comes to with another value: at once, or by way of the page that this leads to.
  private func line(with text: String, in session: Session) -> String? {
    guard let row, case .edit(_, let commit) = row.effect else { return nil }
    switch commit(text) {
    case .line(let line), .stay(let line): return line
    case .turn(let page): return Menu(page, in: session).rows.first { $0.name == row.name }?.line
    default: return nil
    }
  }

  /// What is drawn of it.
  var onShow: MenuOnShow {
    var shown = MenuOnShow(
      menu.title,
      rows: zip(rows, matches).map { row, match in
        var shown = MenuOnShow.Row(row.name, value: row.value, isMarked: row.isMarked)
        (shown.matchInName, shown.matchInValue) = (match?.name, match?.value)
        if let match, !match.word.isEmpty { shown.value = "\(row.value) (\(match.word))" }
        return shown
      })
    shown.chosen = chosen
    shown.isAtTop = isSettings
    shown.hasPageBefore = pages.count > 1
    shown.filter = filter
    shown.line = editedLine ?? (value == nil ? row?.line : nil) ?? ""
    if value == nil { shown.hint = row?.hint ?? "" }
    if case .answer? = pages.last { shown.hasPreviews = false }
    shown.preview = preview
    shown.message = message ?? tried?.complaint.map { Message($0, .warning) }
    shown.edited = value?.onShow("")
    return shown
  }
}

extension MenuPage {
  /// Whether its rows are the parts of one thing, which stay where they are as they are changed.
  var isForm: Bool {
    switch self {
    case .layer, .settings, .columns: true
    default: false
    }
  }
}
