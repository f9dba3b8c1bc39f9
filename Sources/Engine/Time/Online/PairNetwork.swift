/// A network that learns sample by sample and whose layers have at most two units and two inputs each; see PairLayer.
final class PairNetwork {
  private let layers: [PairLayer]
  private let first: PairLayer?
  private let inputs: Int

  /// That of a workspace, which it must not outlive; nil where a layer does not fit.
  init?(of workspace: Workspace, _ loss: OnlineLoss) {
    var layers: [PairLayer] = []
    for index in (0..<workspace.layerCount).reversed() {
      guard let layer = PairLayer(index, of: workspace, before: layers.last, loss) else { return nil }
      layers.append(layer)
    }
    self.layers = layers
    first = layers.last
    inputs = workspace.plan.network.inputs
  }

  /// Takes the weights over as they are in the workspace.
  func begin() { for layer in layers { layer.begin() } }

  /// Puts them back, after so many samples.
  func end(after samples: Int) { for layer in layers { layer.end(after: samples) } }

  /// Learns from a sample, and gives its loss, or 0 for any that is finite where it is not `asked`.
  @inline(__always)
  func learn(_ x: UnsafePointer<Double>, asked: Bool) -> Double {
    first?.learn(Pair(x[0], inputs > 1 ? x[1] : 0), asked: asked).loss ?? .nan
  }
}
