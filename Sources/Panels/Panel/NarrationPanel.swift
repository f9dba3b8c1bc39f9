extension Panel {
  /// What is told before the next command, in lines of its own.
  static let narration = Panel(
    "narration", "the script's comments before the next command", .side(.first)
  ) { scene in
    guard !scene.narration.isEmpty else { return nil }
    return Prepared(title: { Title(scene.tongue(scene.isPresenting ? "Narration" : "Guide")) }) { width in
      // Lines of the script that follow one another are one paragraph; an empty one parts two.
      let lines = scene.tongue(scene.narration).split(separator: "\n", omittingEmptySubsequences: false)
        .flatMap { String($0).wrapped(to: max(min(width - 4, 100), 1)) }
      return Fitted(lines: lines, of: "narration", scene, more: Cell("…", Style(.muted))) { grid, line, row in
        grid.put(line, row: row, column: 2, style: Style(.narration))
      }
    }
  }
}
