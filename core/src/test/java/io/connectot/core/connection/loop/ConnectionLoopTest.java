// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The loop runs on the test's thread; a pause moves the clock, and the last attempt closes it. */
class ConnectionLoopTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final ManualClock time = new ManualClock();
  private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final ConnectionLoop loop =
      new ConnectionLoop(
          work -> new Thread(work),
          this::next,
          new RetryPolicy(FIRST, LONGEST),
          new Listener(),
          time.clock(),
          this::pause);

  /** The attempt under way. */
  private Attempt present;

  private Connection next() {
    present = attempts.isEmpty() ? new Last() : attempts.remove();
    return present;
  }

  private void pause(long nanos) {
    pauses.add(Duration.ofNanos(nanos));
    time.advance(Duration.ofNanos(nanos));
  }

  @Test
  void pausesGrowWhileAttemptsFail() {
    for (int i = 0; i < 9; i++) {
      attempts.add(new Attempt(end -> refuse(Kind.TRANSIENT)));
    }

    loop.run();

    assertThat(seconds()).isSorted().startsWith(1L, 2L, 4L, 8L, 16L, 32L).endsWith(60L, 60L, 60L);
    assertThat(loop.state()).isEqualTo(ConnectionState.STOPPED);
  }

  @Test
  void pausesBeginAnewOnceAConnectionHasHeld() {
    attempts.add(new Attempt(end -> refuse(Kind.TRANSIENT)));
    attempts.add(new Attempt(end -> refuse(Kind.TRANSIENT)));
    attempts.add(new Attempt(end -> end.lost(failure(Kind.TRANSIENT)), RetryPolicy.STABLE));
    attempts.add(new Attempt(end -> end.lost(failure(Kind.TRANSIENT)), Duration.ofSeconds(9)));

    loop.run();

    assertThat(seconds()).containsExactly(1L, 2L, 1L, 2L);
  }

  @Test
  void waitsLongestForWhatSomebodyHasToCorrect() {
    attempts.add(new Attempt(end -> refuse(Kind.CONFIGURATION)));

    loop.run();

    assertThat(seconds()).containsExactly(60L);
    assertThat(told).containsExactly("disconnected CONFIGURATION");
  }

  @Test
  void givesUpOnAFatalFailure() {
    attempts.add(new Attempt(end -> refuse(Kind.FATAL)));
    attempts.add(new Attempt(end -> {}));

    loop.run();

    assertThat(told).containsExactly("failed FATAL");
    assertThat(attempts).hasSize(1);
    assertThat(loop.state()).isEqualTo(ConnectionState.STOPPED);
  }

  @Test
  void givesUpWhenAConnectionIsLostForGood() {
    attempts.add(new Attempt(end -> end.lost(failure(Kind.FATAL))));

    loop.run();

    assertThat(told).containsExactly("connected", "failed FATAL");
  }

  @Test
  void connectsAgainWithoutAPauseAfterADrop() {
    attempts.add(new Attempt(end -> end.dropped(failure(Kind.TRANSIENT))));
    attempts.add(new Attempt(end -> end.dropped(failure(Kind.CONFIGURATION))));

    loop.run();

    assertThat(pauses).isEmpty();
    assertThat(told)
        .containsExactly(
            "connected", "disconnected TRANSIENT", "connected again", "disconnected CONFIGURATION");
  }

  @Test
  void dropsThePresentConnectionWhenItsOwnerAsks() {
    attempts.add(new Attempt(end -> loop.drop(failure(Kind.TRANSIENT))));

    loop.run();

    assertThat(pauses).isEmpty();
    assertThat(told).containsExactly("connected", "disconnected TRANSIENT");
  }

  @Test
  void endsWithAConnectionThatIsNotNeededAnyMore() {
    attempts.add(new Attempt(ConnectionEnd::finished));
    attempts.add(new Attempt(end -> {}));

    loop.run();

    assertThat(attempts).hasSize(1);
    assertThat(told).containsExactly("connected");
    assertThat(loop.state()).isEqualTo(ConnectionState.STOPPED);
  }

  @Test
  void onlyTheFirstNewsOfAConnectionCounts() {
    List<ConnectionEnd> ends = new ArrayList<>();
    attempts.add(
        new Attempt(
            end -> {
              ends.add(end);
              end.lost(failure(Kind.TRANSIENT));
              end.lost(failure(Kind.FATAL));
            }));
    attempts.add(
        new Attempt(
            end -> {
              ends.get(0).lost(failure(Kind.FATAL));
              end.lost(failure(Kind.CONFIGURATION));
            }));

    loop.run();

    assertThat(told).doesNotContain("failed FATAL").endsWith("disconnected CONFIGURATION");
  }

  @Test
  void closesEveryConnection() {
    Attempt refused = new Attempt(end -> refuse(Kind.TRANSIENT));
    Attempt lost = new Attempt(end -> end.lost(failure(Kind.TRANSIENT)));
    attempts.add(refused);
    attempts.add(lost);

    loop.run();

    assertThat(refused.closed).isTrue();
    assertThat(lost.closed).isTrue();
  }

  @Test
  void anUnexpectedFailureOfOnePeerIsAFailedAttempt() {
    attempts.add(
        new Attempt(
            end -> {
              throw new IllegalStateException("odd");
            }));
    attempts.add(new Attempt(end -> end.lost(failure(Kind.TRANSIENT))));

    loop.run();

    assertThat(told)
        .containsExactly("disconnected CONFIGURATION", "connected", "disconnected TRANSIENT");
  }

  @Test
  void anErrorOfThisProcessEndsTheLoop() {
    attempts.add(
        new Attempt(
            end -> {
              throw new OutOfMemoryError("unable to create native thread");
            }));

    loop.run();

    assertThat(told).containsExactly("failed unable to create native thread");
  }

  @Test
  void oneThreadClosesAConnection() throws InterruptedException {
    AtomicInteger closes = new AtomicInteger();
    CountDownLatch open = new CountDownLatch(1);
    ConnectionLoop closed =
        new ConnectionLoop(
            work -> new Thread(work),
            () ->
                new Attempt(end -> open.countDown()) {
                  @Override
                  public void close() {
                    closes.incrementAndGet();
                  }
                },
            new RetryPolicy(FIRST, LONGEST),
            new Listener(),
            time.clock());
    closed.start();
    open.await();

    closed.close();

    assertThat(closed.awaitStopped(Duration.ofMinutes(1).toNanos())).isTrue();
    assertThat(closes).hasValue(1);
  }

  private List<Long> seconds() {
    // Pauses are shortened at random by up to a fifth.
    return pauses.stream().map(pause -> nearestPause(pause.toMillis())).toList();
  }

  private static long nearestPause(long millis) {
    for (long pause : new long[] {1, 2, 4, 8, 16, 32, 60}) {
      if (millis <= pause * 1000 && millis >= pause * 800) {
        return pause;
      }
    }
    throw new AssertionError("a pause of " + millis + " ms");
  }

  private static void refuse(Kind kind) throws ProtocolException {
    throw failure(kind);
  }

  private static ProtocolException failure(Kind kind) {
    return new ProtocolException(kind, Scope.CONNECTION, kind.name(), kind.name(), null);
  }

  @FunctionalInterface
  private interface Opening {
    void open(ConnectionEnd end) throws ProtocolException;
  }

  private static class Attempt implements Connection {
    private final Opening opening;
    private final Duration holds;
    private boolean closed;

    Attempt(Opening opening) {
      this(opening, Duration.ZERO);
    }

    /**
     * @param holds how long the connection lasts
     */
    Attempt(Opening opening, Duration holds) {
      this.opening = opening;
      this.holds = holds;
    }

    @Override
    public void open(ConnectionEnd end) throws ProtocolException {
      opening.open(end);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Ends the loop. */
  private final class Last extends Attempt {
    Last() {
      super(end -> {});
    }

    @Override
    public void open(ConnectionEnd end) {
      loop.close();
      end.finished();
    }
  }

  private final class Listener implements ConnectionListener {
    @Override
    public void connected(boolean again) {
      if (present instanceof Last) {
        return;
      }
      told.add(again ? "connected again" : "connected");
      time.advance(present.holds);
    }

    @Override
    public void disconnected(ProtocolException cause) {
      told.add("disconnected " + cause.kind());
    }

    @Override
    public void failed(Throwable cause) {
      told.add("failed " + cause.getMessage());
    }
  }
}
