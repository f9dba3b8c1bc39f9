import CNcurses
import Engine
import Glibc
import Panels

/// The terminal on standard input and output while it belongs to us: frames go out, keys come in. There is one, used
/// from one thread. It is given back on `close`, at exit, and by the signals that end the process.
package final class Screen {
  /// How roles look here.
  package private(set) var palette: Palette
  /// The theme that is asked for; nil leaves it to the terminal's ground. Another one shows with the next frame.
  package var theme: Theme? { didSet { if theme != oldValue { choosePalette() } } }
  /// Whether the locale is one of UTF-8; if not, frames are shown in ASCII.
  package let isUTF8: Bool
  /// How many colours there are, as far as palettes tell them apart; none where NO_COLOR is set.
  package let depth: Depth

  /// The last frame sent, nil where all of the next one is to be sent.
  private var shown: Grid?

  /// Takes over the terminal, and asks it for its ground.
  /// - Throws: why it cannot be used.
  package init() throws(NoScreen) {
    let code = Int(terminal_open())
    guard code == 0 else { throw NoScreen(code, terminal: Screen.variable("TERM") ?? "") }
    let isPlain = Screen.variable("NO_COLOR").map { !$0.isEmpty } ?? false
    isUTF8 = terminal_is_utf8() != 0
    depth = isPlain ? .mono : Depth(colours: Int(terminal_colours()))
    palette = Palette(depth: depth, theme: Screen.ownTheme)
  }

  /// The theme that fits the terminal: what it answers comes before what the variable says, which may be inherited.
  private static var ownTheme: Theme {
    let code = terminal_ground()
    func share(_ shift: Int32) -> Double { Double(code >> shift & 0xFF) / 255 }
    return Theme(ground: code < 0 ? nil : (share(16), share(8), share(0)))
      ?? Theme(colorFGBG: Screen.variable("COLORFGBG"))
  }

  private func choosePalette() {
    palette = Palette(depth: depth, theme: theme ?? Screen.ownTheme)
    shown = nil
  }

  /// Why there is no screen.
  package struct NoScreen: Error {
    /// What is wrong, and what would have been right.
    package let message: Text

    init(_ code: Int, terminal: String) {
      let without: Text = "without a screen: backstep run FILE"
      message =
        switch code {
        case TERMINAL_NONE: "the screen needs a terminal on standard input and output; \(without)"
        case TERMINAL_UNPLACEABLE: "the terminal TERM=\(terminal) cannot place its cursor; \(without)"
        case _ where terminal.isEmpty: "TERM does not say which terminal this is; try TERM=xterm, or \(without)"
        default: "nothing is known here of a terminal TERM=\(terminal); try TERM=xterm, or \(without)"
        }
    }
  }

  /// Gives the terminal back as it was.
  package func close() { terminal_close() }

  /// The size in cells as it is now.
  package var size: (width: Int, height: Int) { (Int(terminal_columns()), Int(terminal_rows())) }

  /// Shows a frame: only cells that differ from those of the last one are sent. What a frame leaves free is blank. The
  /// cursor is hidden where it has no place.
  package func draw(_ grid: Grid, cursor: (row: Int, column: Int)? = nil) {
    let (width, height) = size
    var frame =
      grid.width == width && grid.height == height
      ? grid : grid.window(row: 0, column: 0, width: width, height: height)
    if palette.depth == .mono { frame = frame.withDottedNegatives() }
    if !isUTF8 { frame = frame.ascii() }
    for row in 0..<frame.height {
      for run in frame.runs(inRow: row, unlike: shown) {
        let paint = palette.paint(run.style)
        terminal_put(
          Int32(row), Int32(run.column), run.text, Int32(run.width), Int32(paint.foreground), Int32(paint.background),
          Int32(paint.attributes.rawValue))
      }
    }
    shown = frame
    if let cursor, cursor.row >= 0, cursor.row < height, cursor.column >= 0, cursor.column < width {
      terminal_cursor(Int32(cursor.row), Int32(cursor.column))
    } else {
      terminal_cursor(-1, 0)
    }
    terminal_show()
  }

  /// Sends all of the next frame, for a terminal on which something else has written.
  package func redraw() {
    shown = nil
    terminal_redraw()
  }

  /// Puts a text on the clipboard of the terminal, where it lets programs do that.
  package func copy(_ text: String) { terminal_copy(text.utf8.base64) }

  /// The next key, waiting at most so many milliseconds (nil: for as long as it takes); nil when the time was up.
  /// After `.resize` the whole of the next frame is sent.
  package func key(waiting milliseconds: Int? = nil) -> Key? {
    let wait = milliseconds.map { Int32(min(max($0, 0), 86_400_000)) } ?? -1
    let code = Int(terminal_key(wait))
    switch code {
    case TERMINAL_NOTHING: return nil
    case TERMINAL_MOUSE:
      var (button, pressed, row, column) = (Int32(0), Int32(0), Int32(0), Int32(0))
      terminal_mouse(&button, &pressed, &row, &column)
      let mouse = Mouse(button: Int(button), isPressed: pressed != 0, row: Int(row), column: Int(column))
      return mouse.map(Key.mouse) ?? .unknown
    case TERMINAL_PASTE_BEGIN: return pastedText().map(Key.paste) ?? .overlongPaste
    case TERMINAL_RESIZED:
      choosePalette()
      return .resize
    default: return Key(code: code)
    }
  }

  /// What is pasted, up to the bracket that closes it; nil where there is too much of it: part of a line is not to be run.
  private func pastedText() -> String? {
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Int(terminal_pasted(&part, Int32(part.count)))
      guard count > 0 else { break }
      // What is too much is read to its end all the same, lest it is taken for keys.
      if text.count <= Key.longestPaste { text += part[..<count] }
    }
    return text.count > Key.longestPaste ? nil : String(decoding: text, as: UTF8.self)
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
