// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Measurement;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.session.RequestBatch.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads the tags of one scan group repeatedly, and finds tags that make whole requests fail.
 *
 * <p>With one invalid address in a request, some drivers do not answer, fail, or refuse the valid
 * addresses too. Therefore a request without an answer is halved until a single tag remains, which
 * is isolated; tags that are refused together are read alone. The result is kept until {@link
 * RequestSettings#recheckInterval} has passed. For one thread at a time.
 */
final class ScanGroupReader {
  /** The longest pause before an isolated tag is read again, in recheck intervals. */
  private static final int MAX_PAUSE_FACTOR = 64;

  private final List<ReadItem> items;
  private final ManagedConnection connection;
  private final RequestSettings settings;
  private final Clock clock;
  private final MeasurementFactory measurements;

  /** The last answered batch of any group of the session, on this connection or an earlier one. */
  private final AtomicReference<RequestBatch> lastAnswered;

  private final List<IsolatedTag> isolated = new ArrayList<>();
  private List<RequestBatch> batches;
  private boolean divided;
  private long plannedTick;

  ScanGroupReader(
      List<ReadItem> items,
      ManagedConnection connection,
      RequestSettings settings,
      Clock clock,
      MeasurementFactory measurements,
      AtomicReference<RequestBatch> lastAnswered) {
    this.items = items;
    this.connection = connection;
    this.settings = settings;
    this.clock = clock;
    this.measurements = measurements;
    this.lastAnswered = lastAnswered;
    plan();
  }

  /** A tag that gets no answer when read alone. */
  private static final class IsolatedTag {
    private final ReadItem item;
    private final String status;
    private final Backoff backoff;
    private long retryTick;
    private boolean retrying;

    IsolatedTag(ReadItem item, String status, Duration recheckInterval) {
      this.item = item;
      this.status = status;
      this.backoff =
          new Backoff(recheckInterval, recheckInterval.multipliedBy(MAX_PAUSE_FACTOR), () -> 0);
    }
  }

  /**
   * Reads all tags.
   *
   * @throws ProtocolException when nothing was answered
   */
  List<Measurement> run() throws ProtocolException {
    if (divided && clock.tick() - plannedTick >= settings.recheckInterval().toNanos()) {
      plan();
    }
    List<Measurement> scan = new Scan().run();
    if (isCurrent()) {
      return scan;
    }
    isolated.clear();
    plan();
    connection.drop();
    connection.open();
    scan = new Scan().run();
    if (!isCurrent()) {
      connection.drop();
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "PROGRAM_CHANGES",
          "the program of "
              + connection.url().endpoint()
              + " changes while it is read; its symbols are read again",
          null);
    }
    return scan;
  }

  /** Whether the addresses meant the same during the whole scan. */
  private boolean isCurrent() throws ProtocolException {
    try {
      Duration limit = settings.requestTimeout();
      return connection
          .current()
          .call(open -> open.isCurrent(limit), limit.plus(RequestBatch.GRACE));
    } catch (DriverException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw connection.interrupted();
    }
  }

  private void plan() {
    List<ReadItem> normal = new ArrayList<>(items);
    isolated.forEach(isolatedTag -> normal.remove(isolatedTag.item));
    batches = batched(normal, Role.NORMAL);
    divided = false;
    plannedTick = clock.tick();
  }

  private List<RequestBatch> batched(List<ReadItem> of, Role role) {
    List<RequestBatch> made = new ArrayList<>();
    for (int from = 0; from < of.size(); from += settings.maxTags()) {
      made.add(
          new RequestBatch(of.subList(from, Math.min(of.size(), from + settings.maxTags())), role));
    }
    return made;
  }

  /** One scan of all tags. */
  private final class Scan {
    private final Measurement[] results = new Measurement[measurements.size()];
    private final Deque<RequestBatch> queue = new ArrayDeque<>();
    private final List<RequestBatch> next = new ArrayList<>();
    private final List<ReadItem> readable = new ArrayList<>();
    private final List<ReadItem> refused = new ArrayList<>();
    private final List<IsolatedTag> isolatedBefore = List.copyOf(isolated);

    /** Consecutive requests without an answer that the driver could read. */
    private int unanswered;

    /** Those of them without any answer. */
    private int silent;

    /** Whether any request of this scan was answered. */
    private boolean answered;

    /** The isolated tags at the last answer: the device was online when they failed. */
    private List<IsolatedTag> confirmed = isolatedBefore;

    List<Measurement> run() throws ProtocolException {
      queue.addAll(batches);
      retryIsolated();
      boolean done = false;
      try {
        for (RequestBatch batch = queue.peek(); batch != null; batch = queue.peek()) {
          read(batch);
        }
        if (unanswered > 0) {
          confirmOnline();
        }
        done = true;
      } finally {
        planNext(done);
      }
      for (IsolatedTag isolatedTag : isolated) {
        measurements.bad(isolatedTag.item, isolatedTag.status, results);
      }
      return Arrays.asList(results);
    }

    private void retryIsolated() {
      for (IsolatedTag isolatedTag : isolated) {
        if (clock.tick() - isolatedTag.retryTick >= 0) {
          isolatedTag.retrying = true;
          queue.add(new RequestBatch(List.of(isolatedTag.item), Role.NORMAL));
        }
      }
    }

    private void read(RequestBatch batch) throws ProtocolException {
      try {
        List<TagResponse> responses = batch.read(connection.current(), settings.requestTimeout());
        queue.poll();
        lastAnswered.set(batch);
        noteAnswer();
        onResponses(batch, responses);
      } catch (TimeoutException e) {
        queue.poll();
        silent++;
        onFailure(batch, "TIMEOUT");
        connection.drop();
        reopenOrFail();
      } catch (DriverException e) {
        queue.poll();
        measurements.log(e, batch.items().size());
        if (e.kind() == DriverException.Kind.REFUSED) {
          divideOrIsolate(batch, "DRIVER_ERROR");
          noteAnswer();
        } else {
          silent += e.kind() == DriverException.Kind.NO_ANSWER ? 1 : 0;
          onFailure(batch, "DRIVER_ERROR");
        }
        if (e.kind() == DriverException.Kind.UNREADABLE || !connection.isConnected()) {
          connection.drop();
          reopenOrFail();
        }
      } catch (InterruptedException e) {
        throw connection.interrupted();
      }
    }

    private void reopenOrFail() throws ProtocolException {
      if (silent >= settings.reopenAfterFailures()) {
        throw noAnswer();
      }
      if (answered || !queue.isEmpty()) {
        connection.open();
      }
    }

    private void noteAnswer() {
      answered = true;
      unanswered = 0;
      silent = 0;
      confirmed = List.copyOf(isolated);
    }

    /**
     * Repeats the last answered request, so that the loss of the device is not attributed to tags.
     */
    private void confirmOnline() throws ProtocolException {
      RequestBatch known = lastAnswered.get();
      if (known == null && silent == 0) {
        // The device answered, if only with what the driver cannot read.
        if (!connection.isConnected()) {
          connection.open();
        }
        noteAnswer();
        return;
      }
      try {
        if (known == null) {
          throw noAnswer();
        }
        if (!connection.isConnected()) {
          connection.open();
        }
        known.read(connection.current(), settings.requestTimeout());
        noteAnswer();
      } catch (TimeoutException | DriverException e) {
        throw noAnswer();
      } catch (InterruptedException e) {
        throw connection.interrupted();
      } finally {
        if (unanswered > 0) {
          connection.drop();
        }
      }
    }

    private void onResponses(RequestBatch batch, List<TagResponse> responses) {
      List<ReadItem> good = new ArrayList<>(responses.size());
      List<ReadItem> bad = new ArrayList<>();
      long now = clock.epochNanos();
      for (int i = 0; i < responses.size(); i++) {
        ReadItem item = batch.items().get(i);
        TagResponse response = responses.get(i);
        if (response.isOk()) {
          good.add(item);
          measurements.good(item, response.value(), now, results);
          isolated.removeIf(isolatedTag -> isolatedTag.item.equals(item));
        } else if (!item.singles().isEmpty()) {
          divided = true;
          queue.addAll(batched(item.singles(), Role.NORMAL));
        } else {
          bad.add(item);
          measurements.bad(item, response.code().status(), results);
        }
      }
      switch (batch.role()) {
        case PROBE -> (bad.isEmpty() ? readable : refused).addAll(batch.items());
        case REFUSED -> next.add(batch);
        case NORMAL -> {
          if (bad.isEmpty() && good.size() == batch.items().size()) {
            next.add(batch);
          } else if (batch.items().size() == 1) {
            refused.addAll(bad);
          } else {
            divided = true;
            next.addAll(batched(good, Role.NORMAL));
            bad.forEach(item -> queue.add(new RequestBatch(List.of(item), Role.PROBE)));
          }
        }
      }
    }

    private void onFailure(RequestBatch batch, String status) {
      unanswered++;
      divideOrIsolate(batch, status);
    }

    private void divideOrIsolate(RequestBatch batch, String status) {
      if (batch.items().size() > 1) {
        divided = true;
        queue.addAll(batch.halves());
        return;
      }
      ReadItem item = batch.items().get(0);
      for (IsolatedTag isolatedTag : isolated) {
        if (isolatedTag.item.equals(item)) {
          return;
        }
      }
      isolated.add(new IsolatedTag(item, status, settings.recheckInterval()));
    }

    /** Plans the batches of the next scan from the results of this one. */
    private void planNext(boolean done) {
      if (unanswered > 0) {
        // No answer since then, so the device may be offline: single tags cannot be blamed.
        for (IsolatedTag isolatedTag : List.copyOf(isolated)) {
          if (!confirmed.contains(isolatedTag)) {
            isolated.remove(isolatedTag);
            next.add(new RequestBatch(List.of(isolatedTag.item), Role.NORMAL));
          }
        }
      }
      for (RequestBatch batch : queue) {
        if (isolated.stream().noneMatch(isolatedTag -> batch.items().contains(isolatedTag.item))) {
          next.add(batch);
        }
      }
      next.addAll(batched(readable, Role.NORMAL));
      next.addAll(batched(refused, Role.REFUSED));
      batches = List.copyOf(next);
      for (IsolatedTag isolatedTag : isolated) {
        if (!isolatedBefore.contains(isolatedTag) || isolatedTag.retrying) {
          isolatedTag.retryTick = clock.tick() + isolatedTag.backoff.nextNanos();
          isolatedTag.retrying = false;
        }
      }
      if (done
          && divided
          && unanswered == 0
          && isolated.isEmpty()
          && refused.isEmpty()
          && batches.stream().noneMatch(batch -> batch.role() == Role.REFUSED)
          && readable.isEmpty()
          && measurements.allGood(results)) {
        plan();
      }
    }

    private ProtocolException noAnswer() {
      return new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "TIMEOUT",
          connection.url().endpoint()
              + " did not answer within "
              + settings.requestTimeout().toMillis()
              + " ms",
          null);
    }
  }
}
