import Engine

/// The activations by their names, and by the others that they go by.
let activationNames = Activation.names

/// The layer of `f2`, or nil where a name is not a layer's activation.
package func layer(ofActivation name: String) -> Int? {
  guard name.hasPrefix("f"), let layer = Int(name.dropFirst()), layer > 0, "f\(layer)" == name else { return nil }
  return layer
}

/// Whether a name may be followed by `'(`: an activation or a layer's own.
func isActivation(_ name: String) -> Bool { activationNames.contains(name) || layer(ofActivation: name) != nil }
