// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is sent to one connector in one phase, and what comes of it: numbers, which every sender
 * counts up, from one phase to the next. Thread-safe.
 */
final class Ledger {
  private record Span(long from, long to) {}

  private final Line[] lines;
  private final WorkerClock clock;
  private final long toleranceMillis;
  private final List<Span> gaps = new ArrayList<>();
  private int gapCount;
  private long overNanos = Long.MAX_VALUE;
  private boolean over;
  private long lastNanos = System.nanoTime();

  /**
   * @param first the first number of every sender
   * @param clock in whose time gaps are told
   * @param tolerance by how much a gap may be shorter than what is missing
   */
  Ledger(int[] first, WorkerClock clock, Duration tolerance) {
    this.lines = Arrays.stream(first).mapToObj(Line::new).toArray(Line[]::new);
    this.clock = clock;
    this.toleranceMillis = tolerance.toMillis();
  }

  /** A sender sends a number: the next one, or one that was sent before. */
  synchronized void sent(int sender, int number) {
    lines[sender].sent(number);
  }

  /** What every sender would send next. */
  synchronized int[] next() {
    return Arrays.stream(lines).mapToInt(Line::next).toArray();
  }

  /** A number arrives that is sent once. */
  synchronized void received(int sender, int number) {
    lines[sender].received(number, null, recoveryFrom());
    lastNanos = System.nanoTime();
  }

  /**
   * A number arrives that stands for a while and may be read several times.
   *
   * @param reading the time of the reading, by which one is told from another
   */
  synchronized void read(int sender, int number, long reading) {
    lines[sender].received(number, reading, recoveryFrom());
    lastNanos = System.nanoTime();
  }

  private long recoveryFrom() {
    return over ? overNanos : Long.MAX_VALUE;
  }

  /**
   * The connector tells of a gap.
   *
   * @param from in milliseconds of the worker's clock
   * @param filled whether what was missing came later: then it excuses nothing
   */
  synchronized void gap(long from, long to, boolean filled) {
    gapCount++;
    if (!filled) {
      gaps.add(new Span(from, to));
    }
    lastNanos = System.nanoTime();
  }

  /** The fault is over now. */
  synchronized void faultOver() {
    overNanos = System.nanoTime();
    over = true;
  }

  /** Whether something of every sender has arrived. */
  synchronized boolean hasBegun() {
    return Arrays.stream(lines).allMatch(Line::hasArrivals);
  }

  /** Whether of every sender something has arrived that was sent after the fault was over. */
  synchronized boolean hasRecovered() {
    return over && Arrays.stream(lines).allMatch(Line::hasRecovered);
  }

  /** Whether every number has arrived or was told to be missing. */
  synchronized boolean isSettled() {
    return missing() == told();
  }

  /** Whether nothing has arrived for so long. */
  synchronized boolean isQuiet(Duration time) {
    return System.nanoTime() - lastNanos >= time.toNanos();
  }

  /** What there is to say of it. */
  synchronized Row row(String fault, String connector) {
    int told = told();
    return new Row(
        fault,
        connector,
        Arrays.stream(lines).mapToInt(Line::sentCount).sum(),
        Arrays.stream(lines).mapToInt(Line::receivedCount).sum(),
        missing() - told,
        told,
        Arrays.stream(lines).mapToInt(Line::duplicatedCount).sum(),
        gapCount,
        hasRecovered() ? Duration.ofNanos(recoveredNanos() - overNanos) : null);
  }

  private long recoveredNanos() {
    return Arrays.stream(lines)
        .mapToLong(Line::recoveredNanos)
        .reduce((one, other) -> one - other > 0 ? one : other)
        .orElseThrow();
  }

  private int missing() {
    return Arrays.stream(lines).mapToInt(Line::missingCount).sum();
  }

  private int told() {
    List<Span> spans = joined();
    return Arrays.stream(lines)
        .mapToInt(line -> line.toldCount((from, to) -> covers(spans, from, to)))
        .sum();
  }

  private boolean covers(List<Span> spans, long from, long to) {
    return clock.offsets(from, to).stream()
        .anyMatch(
            offset ->
                spans.stream()
                    .anyMatch(
                        span ->
                            span.from - toleranceMillis <= from + offset
                                && to + offset <= span.to + toleranceMillis));
  }

  /** The gaps; those that touch are one. */
  private List<Span> joined() {
    List<Span> sorted = new ArrayList<>(gaps);
    sorted.sort(Comparator.comparingLong(Span::from));
    List<Span> joined = new ArrayList<>();
    for (Span span : sorted) {
      Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && span.from <= last.to) {
        joined.set(joined.size() - 1, new Span(last.from, Math.max(last.to, span.to)));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }
}
