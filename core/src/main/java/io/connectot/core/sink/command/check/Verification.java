// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.check;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.WriteRule;
import io.connectot.core.model.WriteRule.Verify;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteOutcome.Done;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads values back after they were written. Thread-safe.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class Verification<E, A> {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Duration timeout;
  private final Clock clock;
  private final Sleeper sleeper;

  /** Waits between two reads. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * @param timeout of tags that are read until they have the value
   */
  public Verification(Duration timeout, Clock clock, Sleeper sleeper) {
    this.timeout = timeout;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** What reading a value back shows. */
  public enum Finding {
    NOT_ASKED,
    SAME,
    DIFFERENT,
    UNREADABLE
  }

  /**
   * What reading a value back shows.
   *
   * @param read in engineering units; null if it was not read
   * @param text for an operator; null if there is nothing to say
   */
  public record Result(Finding finding, Value read, String text) {
    static final Result NOT_ASKED = new Result(Finding.NOT_ASKED, null, null);
  }

  /** Reads back what was written and is to be verified. */
  public List<Result> verify(
      WritingSession<E, A> session,
      Device<E> device,
      List<TagWrite<A>> writes,
      List<WriteOutcome> outcomes)
      throws InterruptedException {
    List<Result> results = new ArrayList<>();
    long deadline = clock.tick() + timeout.toNanos();
    for (int i = 0; i < writes.size(); i++) {
      Verify verify = writes.get(i).tag().writeRule().map(WriteRule::verify).orElse(Verify.NONE);
      boolean wanted =
          verify != Verify.NONE && outcomes.get(i) instanceof Done done && !done.verified();
      results.add(
          wanted ? verify(session, device, writes.get(i), verify, deadline) : Result.NOT_ASKED);
    }
    return results;
  }

  private Result verify(
      WritingSession<E, A> session,
      Device<E> device,
      TagWrite<A> write,
      Verify verify,
      long deadline)
      throws InterruptedException {
    while (true) {
      Result result = read(session, device, write);
      if (verify == Verify.READ
          || result.finding() == Finding.SAME
          || clock.tick() - deadline >= 0) {
        return result;
      }
      sleeper.sleep(PAUSE);
    }
  }

  private Result read(WritingSession<E, A> session, Device<E> device, TagWrite<A> write)
      throws InterruptedException {
    Tag<A> tag = write.tag();
    try {
      ReadBack back = session.read(device, List.of(tag)).get(0);
      if (back.value() == null) {
        return unreadable(back.status());
      }
      Value read = Comparisons.scaled(back.value(), tag);
      return Comparisons.isSame(
              session.asRead(device, tag, write.value()),
              back.value(),
              tag,
              tag.writeRule().orElseThrow().tolerance())
          ? new Result(Finding.SAME, read, null)
          : new Result(
              Finding.DIFFERENT,
              read,
              "the device accepted the value but has " + Coercion.describe(read));
    } catch (ProtocolException e) {
      return unreadable(e.getMessage());
    } catch (RuntimeException e) {
      // It must not look as if the value had not been sent.
      LOG.error("Unexpected failure of a read of device {}", device.name(), e);
      return unreadable("unexpected failure: " + e);
    }
  }

  private static Result unreadable(String reason) {
    return new Result(
        Finding.UNREADABLE, null, "the device accepted the value, which cannot be read: " + reason);
  }
}
