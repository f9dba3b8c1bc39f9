// Many iterations of one sample in one go, where nothing is to be done in between but to note a loss, or to ask for what an
// iteration leaves.

extension State {
  /// Whether the iterations from here on can be taken in one go: one sample each, by the formulas of the table, with nothing put
  /// in by hand.
  var goesOnline: Bool {
    place.operation == 0 && place.unit == 0 && injections.isEmpty && schedule.batchSize == 1 && isReady
      && !program.isAltered
  }

  /// Takes up to so many iterations from a beginning, and leaves the state at the next one, or at the end of the one where a
  /// visitor stops it; the answer says whether it does. Losses are noted on a curve; an iteration whose loss is not finite is
  /// the last. What each one's forward pass reads is left unsaid.
  mutating func trainOnline(_ count: Int, noting losses: inout Curve, asking visitor: Visitor? = nil) -> Bool {
    isPrepared = false
    let online = workOnNumbers { $0.online }
    let (data, inputs, targets) = (experiment.data.trained, experiment.data.inputCount, experiment.data.targetCount)
    let (first, stepsBeforeFirst) = (place.iteration, stepsBefore)
    let end = first + count
    let (asks, mayStop) = (visitor != nil, visitor?.mayStop)
    // Who is asked may look at the sums of a sample.
    let goesAhead = !asks || mayStop != nil
    var (iteration, loss, isStopped) = (first, 0.0, false)
    online.begin()
    data.inputs.withUnsafeBufferPointer { allInputs in
      data.targets.withUnsafeBufferPointer { allTargets in
        guard let x = allInputs.baseAddress, let y = allTargets.baseAddress else { return }
        while iteration < end, loss.isFinite, !isStopped {
          orderSamples(ofEpochAt: iteration)
          let order = permutation
          let begin = schedule.positions(iteration).lowerBound
          let run = begin..<min(begin + end - iteration, schedule.samples)
          for position in run {
            let sample = order?[position] ?? position
            let isNoted = losses.next == iteration
            let next = goesAhead && position + 1 < run.upperBound ? order?[position + 1] ?? position + 1 : nil
            loss = online.learn(
              x + sample * inputs, y + sample * targets, asked: isNoted || asks || iteration + 1 == end,
              ahead: next.map { x + $0 * inputs })
            if isNoted { losses.record(loss, iteration: iteration) }
            iteration += 1
            // The visitor itself is looked at where it is asked: to take hold of it counts references.
            if asks, mayStop?(loss) ?? true, let visitor {
              stepsBefore = stepsBeforeFirst + (iteration - first - 1) * program.steps.count
              isStopped = ask(visitor, atTheEndOf: iteration - 1, of: sample, loss)
            }
            if isStopped || !loss.isFinite { break }
          }
        }
      }
    }
    online.end()
    stepsBefore = stepsBeforeFirst + (iteration - first - 1) * program.steps.count
    arrive(atTheEndOf: iteration - 1, loss)
    if !isStopped { passOn() }
    return isStopped
  }

  /// Asks whether to stop at the end of an iteration that has just been taken.
  @inline(never)
  private mutating func ask(
    _ visitor: Visitor, atTheEndOf iteration: Int, of sample: Int, _ loss: Double
  ) -> Bool {
    batch[0] = sample
    arrive(atTheEndOf: iteration, loss)
    return isStopped(by: visitor)
  }

  private mutating func arrive(atTheEndOf iteration: Int, _ loss: Double) {
    place = Place(iteration: iteration, operation: program.operations.count)
    workOnNumbers { numbers in
      numbers.loss = loss
      numbers.losses[0] = loss
    }
  }
}

extension Visitor {
  /// Whether all that it reads is there when an iteration has been taken in one go: the weights themselves are not.
  var isServedOnline: Bool {
    guard let reads, before == nil, !readsForward, at == .iterations else { return false }
    return reads.allSatisfy { quantity in
      switch quantity.kind {
      case .loss, .net, .a, .delta: return true
      default: break
      }
      switch quantity.kind.row.source {
      case .setting, .counted: return true
      default: return false
      }
    }
  }
}

extension Timeline {
  /// How many iterations up to one can be taken in one go, until something else is due; nil where none can. Where somebody is
  /// asked at each end, a change at the end of one is on show there, so that one is none of them.
  func iterationsOnline(upTo target: Int, _ look: LookAtTheClock, isAsked: Bool = false) -> Int? {
    guard !scores.begins, state.goesOnline else { return nil }
    let here = state.place.iteration
    var end = min(target, here + 1 + look.timesLeft, checkpoints.next(after: here, stretch: state.stretch))
    if segments.count > 1 {
      let next = segmentIndex(of: here) + 1
      if next < segments.count { end = min(end, segments[next].start - (isAsked ? 1 : 0)) }
    }
    if scores.next < end { end = min(end, state.schedule.endOfEpoch(from: max(scores.next, here + 1))) }
    return end > here ? end - here : nil
  }

  /// Takes up to so many iterations in one go; the answer says whether a visitor stops it.
  mutating func trainOnline(_ count: Int, _ look: inout LookAtTheClock, asking visitor: Visitor? = nil) -> Bool {
    let here = state.place.iteration
    let isStopped = state.trainOnline(count, noting: &losses, asking: visitor)
    let done = state.place.iteration + (isStopped ? 1 : 0) - here
    losses.record(state.workspace.loss, iteration: here + done - 1)
    look.pass(done - 1)
    return isStopped
  }
}
