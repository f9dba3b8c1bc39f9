extension Timeline {
  /// The iteration in which the next unit lies.
  private var begun: Int {
    state.isAtEnd && !state.program.operations.isEmpty ? place.iteration + 1 : place.iteration
  }

  /// Whether the place is inside an iteration.
  private var isInside: Bool { !state.isAtEnd && (place.operation > 0 || place.unit > 0) }

  /// More strides or steps than anyone takes, few enough that nothing computed from them overflows.
  static let most = 1 << 36

  /// The place a number of strides on. From inside a stride, the rest of it counts as the first.
  package func place(_ count: Int, on stride: Stride) -> Place {
    let count = min(max(count, 0), Timeline.most)
    switch stride {
    case .layer: return place(ofStep: state.step + count)
    case .iteration: return canonical(Place(iteration: begun + count))
    case .epoch:
      var iteration = begun
      for left in Swift.stride(from: count, to: 0, by: -1) {
        let segment = segment(of: iteration)
        guard segment.start != segments.last?.start else {
          return canonical(Place(iteration: segment.schedule.start(ofEpochAt: iteration, plus: left)))
        }
        iteration = endOfEpoch(at: iteration)
      }
      return canonical(Place(iteration: iteration))
    case .unit, .operation, .phase: return smallStrides(count, stride)
    }
  }

  /// The place a number of strides back; the beginning where there are not so many.
  package func place(_ count: Int, backBy stride: Stride) -> Place {
    let count = min(max(count, 0), Timeline.most)
    switch stride {
    case .layer: return place(ofStep: state.step - count + (state.stepInProgress == nil ? 0 : 1))
    case .iteration: return canonical(Place(iteration: max(begun - count + (isInside ? 1 : 0), 0)))
    case .epoch:
      var (iteration, left) = (begun + (isInside ? 1 : 0), count)
      while left > 0, iteration > 0 {
        let segment = segment(of: iteration - 1)
        iteration = segment.schedule.start(ofEpochAt: iteration - 1, plus: 0)
        left -= 1
      }
      return canonical(Place(iteration: iteration))
    case .unit, .operation, .phase: return smallStridesBack(count, stride)
    }
  }

  /// The next place at which a phase has just ended, at least one step on; the forward pass takes the loss with it.
  package func endOfNext(_ phase: Phase) -> Place {
    var iteration = begun
    var operation = state.isAtEnd ? 0 : place.operation
    for _ in 0..<2 {
      let program = segment(of: iteration).program
      let wanted = phase == .forward ? Phase.loss : phase
      if let end = program.steps.last(where: { $0.phase == wanted })?.operations.upperBound, end > operation {
        return canonical(Place(iteration: iteration, operation: end))
      }
      iteration += 1
      operation = 0
    }
    return place
  }

  /// The iteration with which the epoch of an iteration ends, where a change of the data may have cut it short.
  private func endOfEpoch(at iteration: Int) -> Int {
    let segment = segment(of: iteration)
    let end = segment.schedule.start(ofEpochAt: iteration, plus: 1)
    let cut = segments[segments.firstIndex(from: iteration + 1)...].first {
      $0.start >= end || $0.schedule != segment.schedule
    }
    return min(cut?.start ?? end, end)
  }

  private func smallStrides(_ count: Int, _ stride: Stride) -> Place {
    var (place, left) = (Place(iteration: begun), count)
    if !state.isAtEnd { place = self.place }
    while left > 0 {
      let segment = segment(of: place.iteration)
      // Without a layer there is nothing to do, however far one goes.
      guard segment.operations > 0 else { break }
      if place.operation == segment.operations {
        place = Place(iteration: place.iteration + 1)
        continue
      }
      let perIteration = segment.program.boundaries(stride)
      if place.operation == 0, place.unit == 0, left >= perIteration, segment.start == segments.last?.start {
        place.iteration += left / perIteration
        left %= perIteration
      } else {
        place = segment.program.boundary(after: place, stride)
        left -= 1
      }
    }
    return canonical(place)
  }

  private func smallStridesBack(_ count: Int, _ stride: Stride) -> Place {
    var (place, left) = (self.place, count)
    while left > 0, place > Place() {
      if place.operation == 0, place.unit == 0 {
        place = Place(iteration: place.iteration - 1, operation: segment(of: place.iteration - 1).operations)
      }
      let segment = segment(of: place.iteration)
      let perIteration = segment.program.boundaries(stride)
      if place.operation == segment.operations, left >= perIteration {
        let whole = min(left / perIteration, place.iteration - segment.start + 1)
        place = Place(iteration: place.iteration + 1 - whole)
        left -= whole * perIteration
      } else {
        place = segment.program.boundary(before: place, stride)
        left -= 1
      }
    }
    return canonical(place)
  }
}

extension Schedule {
  /// The iteration with which the epoch of an iteration begins, or the one so many epochs later.
  func start(ofEpochAt iteration: Int, plus epochs: Int) -> Int {
    origin + ((iteration - origin) / batches + epochs) * batches
  }
}

extension Program {
  /// How many boundaries of a small stride an iteration has.
  func boundaries(_ stride: Stride) -> Int {
    switch stride {
    case .unit: operations.reduce(0) { $0 + $1.units }
    case .operation: operations.count
    default: phaseEnds.count
    }
  }

  /// The operations with which a phase ends; the loss belongs to the forward pass.
  package var phaseEnds: [Int] {
    let phases: [Phase] = [.loss, .backward, .update]
    return phases.compactMap { phase in steps.last { $0.phase == phase }?.operations.upperBound }.sorted()
  }

  /// The next boundary in an iteration that is not at its end.
  func boundary(after place: Place, _ stride: Stride) -> Place {
    var next = Place(iteration: place.iteration, operation: place.operation + 1)
    switch stride {
    case .unit where place.unit + 1 < operations[place.operation].units:
      next = place
      next.unit += 1
    case .phase: next.operation = phaseEnds.first { $0 > place.operation } ?? operations.count
    default: break
    }
    return next
  }

  /// The boundary before, in an iteration that is not at its beginning.
  func boundary(before place: Place, _ stride: Stride) -> Place {
    var previous = Place(iteration: place.iteration, operation: place.operation)
    switch stride {
    case .unit where place.unit > 0: previous.unit = place.unit - 1
    case .unit:
      previous.operation -= 1
      previous.unit = operations[previous.operation].units - 1
    case .phase:
      previous.operation = phaseEnds.last { $0 < place.operation || $0 == place.operation && place.unit > 0 } ?? 0
    default: previous.operation -= place.unit > 0 ? 0 : 1
    }
    return previous
  }
}
