// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Records which numbers are sent to one connector in one phase, and which of them arrive. Every
 * sender sends consecutive numbers and continues them in the next phase. Thread-safe.
 */
final class Ledger {
  private record Span(long from, long to) {}

  private final Line[] lines;
  private final WorkerClock clock;
  private final long toleranceMillis;
  private final List<Span> gaps = new ArrayList<>();
  private int gapCount;
  private boolean discarded;
  private long overNanos = Long.MAX_VALUE;
  private boolean over;
  private long lastNanos = System.nanoTime();

  /**
   * @param first the first number of every sender
   * @param clock the clock of the times in gaps
   * @param tolerance how much shorter a gap can be than the time of the missing numbers
   */
  Ledger(int[] first, WorkerClock clock, Duration tolerance) {
    this.lines = Arrays.stream(first).mapToObj(Line::new).toArray(Line[]::new);
    this.clock = clock;
    this.toleranceMillis = tolerance.toMillis();
  }

  /** Records that a sender sends a number, the next one or a repeated one. */
  synchronized void sent(int sender, int number) {
    lines[sender].sent(number);
  }

  /** The next number of every sender. */
  synchronized int[] next() {
    return Arrays.stream(lines).mapToInt(Line::next).toArray();
  }

  /** Records the arrival of a number that is sent once. */
  synchronized void received(int sender, int number) {
    lines[sender].received(number, null, recoveryFrom());
    lastNanos = System.nanoTime();
  }

  /**
   * Records the arrival of a number that holds for a while and can be read several times.
   *
   * @param reading the time of the reading, which identifies it
   */
  synchronized void read(int sender, int number, long reading) {
    lines[sender].received(number, reading, recoveryFrom());
    lastNanos = System.nanoTime();
  }

  /** Records that a number is acknowledged between the connector and its peer. */
  synchronized void acknowledged(int sender, int number) {
    lines[sender].acknowledged(number);
  }

  /** Records that the connector has told its peer to forget what it keeps. */
  synchronized void sessionDiscarded() {
    discarded = true;
  }

  private long recoveryFrom() {
    return over ? overNanos : Long.MAX_VALUE;
  }

  /**
   * Records a gap that the connector reports.
   *
   * @param from in milliseconds of the worker's clock
   * @param filled whether the missing values were read later; such a gap covers no missing number
   */
  synchronized void gap(long from, long to, boolean filled) {
    gapCount++;
    if (!filled) {
      gaps.add(new Span(from, to));
    }
    lastNanos = System.nanoTime();
  }

  /** Records that the fault ends now. */
  synchronized void faultOver() {
    overNanos = System.nanoTime();
    over = true;
  }

  /** Whether a number of every sender has arrived. */
  synchronized boolean hasBegun() {
    return Arrays.stream(lines).allMatch(Line::hasArrivals);
  }

  /** Whether a number sent after the fault has arrived from every sender. */
  synchronized boolean hasRecovered() {
    return over && Arrays.stream(lines).allMatch(Line::hasRecovered);
  }

  /** Whether every number has arrived or was reported missing. */
  synchronized boolean isSettled() {
    return missing() == reported();
  }

  /** Whether nothing has arrived for this time. */
  synchronized boolean isQuiet(Duration time) {
    return System.nanoTime() - lastNanos >= time.toNanos();
  }

  /** The results of a phase in which peers lose nothing. */
  Row row(String fault, String connector) {
    return row(fault, connector, Custody.CONNECTOR);
  }

  /** The results of the phase. */
  synchronized Row row(String fault, String connector, Custody custody) {
    int reported = reported();
    int peers =
        discarded ? 0 : Arrays.stream(lines).mapToInt(line -> line.peersCount(custody)).sum();
    return new Row(
        fault,
        connector,
        Arrays.stream(lines).mapToInt(Line::sentCount).sum(),
        Arrays.stream(lines).mapToInt(Line::receivedCount).sum(),
        missing() - reported - peers,
        peers,
        reported,
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

  private int reported() {
    List<Span> spans = joined();
    return Arrays.stream(lines)
        .mapToInt(line -> line.reportedCount((from, to) -> covers(spans, from, to)))
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

  /** The gaps, with overlapping gaps merged. */
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
