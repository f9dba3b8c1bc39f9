/// A network that learns sample by sample; see OnlineLayer.
final class OnlineNetwork {
  private let layers: [OnlineLayer]
  private let first: OnlineLayer?
  private let loss: OnlineLoss
  /// The same where no layer has more than two units or inputs.
  private let ofPairs: PairNetwork?
  private var samples = 0

  /// That of a workspace, which it must not outlive.
  init(of workspace: Workspace) {
    let loss = OnlineLoss(of: workspace.plan.network, targets: workspace.y)
    self.loss = loss
    ofPairs = PairNetwork(of: workspace, loss)
    var layers: [OnlineLayer] = []
    if ofPairs == nil {
      for index in (0..<workspace.layerCount).reversed() {
        layers.append(OnlineLayer(index, of: workspace, before: layers.last, loss))
      }
    }
    self.layers = layers
    first = layers.last
  }

  /// Takes the weights over as they are in the workspace.
  func begin() {
    samples = 0
    ofPairs?.begin()
    for layer in layers { layer.begin() }
  }

  /// Puts them back.
  func end() {
    ofPairs?.end(after: samples)
    for layer in layers { layer.end(after: samples) }
  }

  /// Learns from a sample, and gives its loss, or 0 for any that is finite where it is not `asked`. The one
  /// that comes next may be told `ahead`, by its inputs.
  @inline(__always)
  func learn(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, asked: Bool, ahead: UnsafePointer<Double>?
  ) -> Double {
    samples += 1
    loss.take(y)
    if let ofPairs { return ofPairs.learn(x, asked: asked) }
    return first?.learn(x, samples, asked: asked, ahead: ahead) ?? .nan
  }
}
