import Engine
import Panels

// What chooses among futures, and goes over to one.
extension Binding {
  /// The keys of the tree of futures.
  static let futures: [Binding] = [
    Binding("↑ k", "the one above", footer: "↑↓ future", in: ["branches"], count: .repeated, idle: "it is the first") {
      .view($0.choosingFuture(by: -1))
    },
    Binding("↓ j", "the one below", in: ["branches"], count: .repeated, idle: "it is the last") {
      .view($0.choosingFuture(by: 1))
    },
    Binding("Enter", "go over to it", footer: "Enter switch", in: ["branches"]) { scene in
      guard let future = scene.chosenFuture else { return .message(Message("there is no other future")) }
      guard !future.isCurrent else { return .message(Message("\(future.label) is the future that you are in")) }
      return .line("switch \(future.label)")
    }.alwaysNamed,
  ]
}

extension Scene {
  /// The view with another future chosen, in the order in which the tree lists them.
  fileprivate func choosingFuture(by change: Int) -> View {
    let tree = futures.tree.map(\.future.number)
    var next = view
    guard let here = tree.firstIndex(where: { $0 == chosenFuture?.number }) else { return next }
    next.future = tree[min(max(here + change, 0), tree.count - 1)]
    return next
  }
}
