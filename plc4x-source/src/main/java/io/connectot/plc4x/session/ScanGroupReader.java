// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Measurement;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.plc4x.adapter.PlcFailure;
import io.connectot.plc4x.adapter.PlcReply;
import io.connectot.plc4x.config.RequestSettings;
import io.connectot.plc4x.session.Chunk.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Reads the tags of one scan group, again and again, and finds out which of them make others fail.
 *
 * <p>Some drivers answer nothing when one address of a request is wrong, or fail, or refuse its
 * neighbours too. So a request without an answer is halved; a tag that gets none alone is set
 * aside; tags that are refused together are tried alone. What was learnt lasts until {@link
 * RequestSettings#recheckInterval} is over. For one thread at a time.
 */
final class GroupRead {
  private static final int MAX_PAUSE_FACTOR = 64;

  private final List<ReadItem> items;
  private final LinkKeeper links;
  private final RequestSettings settings;
  private final Clock clock;
  private final MeasurementFactory measurements;

  private final List<Aside> asides = new ArrayList<>();
  private List<Chunk> chunks;
  private boolean divided;
  private long plannedTick;

  GroupRead(
      List<ReadItem> items,
      LinkKeeper links,
      RequestSettings settings,
      Clock clock,
      MeasurementFactory measurements) {
    this.items = items;
    this.links = links;
    this.settings = settings;
    this.clock = clock;
    this.measurements = measurements;
    plan();
  }

  /** A tag that gets no answer even alone. */
  private static final class Aside {
    private final ReadItem item;
    private final String status;
    private int factor = 1;
    private long sinceTick;
    private boolean retrying;

    Aside(ReadItem item, String status) {
      this.item = item;
      this.status = status;
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
    return new Scan().run();
  }

  private void plan() {
    List<ReadItem> normal = new ArrayList<>(items);
    asides.forEach(aside -> normal.remove(aside.item));
    chunks = chunked(normal, Role.NORMAL);
    divided = false;
    plannedTick = clock.tick();
  }

  private List<Chunk> chunked(List<ReadItem> of, Role role) {
    List<Chunk> made = new ArrayList<>();
    for (int from = 0; from < of.size(); from += settings.maxTags()) {
      made.add(new Chunk(of.subList(from, Math.min(of.size(), from + settings.maxTags())), role));
    }
    return made;
  }

  /** One reading of all tags. */
  private final class Scan {
    private final Measurement[] results = new Measurement[measurements.size()];
    private final Deque<Chunk> queue = new ArrayDeque<>();
    private final List<Chunk> next = new ArrayList<>();
    private final List<ReadItem> innocent = new ArrayList<>();
    private final List<ReadItem> refused = new ArrayList<>();
    private final List<Aside> asidesBefore = List.copyOf(asides);

    /** Requests without an answer since the last one that got one. */
    private int unanswered;

    /** Whether anything was answered in this scan. */
    private boolean answered;

    /** What was set aside until the last answer: so the device was there, and it is to blame. */
    private List<Aside> proven = asidesBefore;

    List<Measurement> run() throws ProtocolException {
      queue.addAll(chunks);
      retryAsides();
      boolean done = false;
      try {
        for (Chunk chunk = queue.peek(); chunk != null; chunk = queue.peek()) {
          read(chunk);
        }
        if (unanswered > 0) {
          prove();
        }
        done = true;
      } finally {
        learn(done);
      }
      for (Aside aside : asides) {
        measurements.bad(aside.item, aside.status, results);
      }
      return Arrays.asList(results);
    }

    private void retryAsides() {
      for (Aside aside : asides) {
        long pause = settings.recheckInterval().toNanos() * aside.factor;
        if (clock.tick() - aside.sinceTick >= pause) {
          aside.retrying = true;
          queue.add(new Chunk(List.of(aside.item), Role.NORMAL));
        }
      }
    }

    private void read(Chunk chunk) throws ProtocolException {
      try {
        List<PlcReply> replies = chunk.read(links.current(), settings.requestTimeout());
        queue.poll();
        links.noteAnswer(chunk);
        noteAnswer();
        settle(chunk, replies);
      } catch (TimeoutException e) {
        queue.poll();
        trouble(chunk, "TIMEOUT");
        links.drop();
        goOn();
      } catch (PlcFailure e) {
        queue.poll();
        measurements.log(e, chunk.items().size());
        trouble(chunk, "DRIVER_ERROR");
        if (!links.isConnected()) {
          links.drop();
          goOn();
        }
      } catch (InterruptedException e) {
        throw links.interrupted();
      }
    }

    private void goOn() throws ProtocolException {
      if (unanswered >= settings.reopenAfterFailures()) {
        throw silent();
      }
      if (answered || !queue.isEmpty()) {
        links.open();
      }
    }

    private void noteAnswer() {
      answered = true;
      unanswered = 0;
      proven = List.copyOf(asides);
    }

    /**
     * Asks again for what was answered last, so that a device that went away is not taken for tags
     * that cannot be read.
     */
    private void prove() throws ProtocolException {
      Chunk known = links.lastAnswered();
      try {
        if (known == null) {
          throw silent();
        }
        if (!links.isConnected()) {
          links.open();
        }
        known.read(links.current(), settings.requestTimeout());
        noteAnswer();
      } catch (TimeoutException | PlcFailure e) {
        throw silent();
      } catch (InterruptedException e) {
        throw links.interrupted();
      } finally {
        if (unanswered > 0) {
          links.drop();
        }
      }
    }

    private void settle(Chunk chunk, List<PlcReply> replies) {
      List<ReadItem> good = new ArrayList<>(replies.size());
      List<ReadItem> bad = new ArrayList<>();
      long now = clock.epochNanos();
      for (int i = 0; i < replies.size(); i++) {
        ReadItem item = chunk.items().get(i);
        PlcReply reply = replies.get(i);
        if (reply.isOk()) {
          good.add(item);
          measurements.good(item, reply.value(), now, results);
          asides.removeIf(aside -> aside.item.equals(item));
        } else if (!item.singles().isEmpty()) {
          divided = true;
          queue.addAll(chunked(item.singles(), Role.NORMAL));
        } else {
          bad.add(item);
          measurements.bad(item, reply.code().status(), results);
        }
      }
      switch (chunk.role()) {
        case PROBE -> (bad.isEmpty() ? innocent : refused).addAll(chunk.items());
        case REFUSED -> next.add(chunk);
        case NORMAL -> {
          if (bad.isEmpty() && good.size() == chunk.items().size()) {
            next.add(chunk);
          } else if (chunk.items().size() == 1) {
            refused.addAll(bad);
          } else {
            divided = true;
            next.addAll(chunked(good, Role.NORMAL));
            bad.forEach(item -> queue.add(new Chunk(List.of(item), Role.PROBE)));
          }
        }
      }
    }

    private void trouble(Chunk chunk, String status) {
      unanswered++;
      if (chunk.items().size() > 1) {
        divided = true;
        queue.addAll(chunk.halves());
        return;
      }
      ReadItem item = chunk.items().get(0);
      for (Aside aside : asides) {
        if (aside.item.equals(item)) {
          return;
        }
      }
      asides.add(new Aside(item, status));
    }

    /** Keeps what this scan has shown for the next one. */
    private void learn(boolean done) {
      if (unanswered > 0) {
        // Nobody has answered since: that says nothing about single tags.
        for (Aside aside : List.copyOf(asides)) {
          if (!proven.contains(aside)) {
            asides.remove(aside);
            next.add(new Chunk(List.of(aside.item), Role.NORMAL));
          }
        }
      }
      for (Iterator<Chunk> left = queue.iterator(); left.hasNext(); ) {
        Chunk chunk = left.next();
        if (asides.stream().noneMatch(aside -> chunk.items().contains(aside.item))) {
          next.add(chunk);
        }
      }
      next.addAll(chunked(innocent, Role.NORMAL));
      next.addAll(chunked(refused, Role.REFUSED));
      chunks = List.copyOf(next);
      for (Aside aside : asides) {
        if (!asidesBefore.contains(aside) || aside.retrying) {
          aside.factor = aside.retrying ? Math.min(MAX_PAUSE_FACTOR, aside.factor * 2) : 1;
          aside.sinceTick = clock.tick();
          aside.retrying = false;
        }
      }
      if (done
          && divided
          && unanswered == 0
          && asides.isEmpty()
          && refused.isEmpty()
          && chunks.stream().noneMatch(chunk -> chunk.role() == Role.REFUSED)
          && innocent.isEmpty()
          && measurements.allGood(results)) {
        plan();
      }
    }

    private ProtocolException silent() {
      return new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "TIMEOUT",
          links.url().endpoint()
              + " did not answer within "
              + settings.requestTimeout().toMillis()
              + " ms",
          null);
    }
  }
}
