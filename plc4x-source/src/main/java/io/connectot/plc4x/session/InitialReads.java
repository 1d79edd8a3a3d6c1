// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.StreamSink;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.connection.ConnectionThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Reads the subscribed tags of a session once. Without this, a tag has no value until it changes if
 * the device sends none at the time of the subscription, or sends it before the driver knows the
 * subscription.
 *
 * <p>Tags that are refused together are read alone. A request without an answer ends the session;
 * the next one reads the tags of the request alone, and starts without reading a tag whose reads
 * stayed without an answer {@link #MAX_UNANSWERED} times.
 *
 * <p>Shared by the sessions of a task. Thread-safe.
 */
public final class InitialReads {
  static final int MAX_UNANSWERED = 3;

  private final Clock clock;

  /** How many reads of a point stayed without an answer since a session last started. */
  private final Map<Point<?>, Integer> unanswered = new ConcurrentHashMap<>();

  public InitialReads(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads the points that deliver states; an event has no value to read.
   *
   * @param converter makes the measurement of a response
   * @param first decides which values are delivered
   * @return what was delivered
   * @throws DriverException when there was no answer; the connection must be abandoned
   */
  List<Measurement> read(
      ConnectionThread thread,
      RequestSettings settings,
      List<Point<Plc4xTag>> points,
      BiFunction<Point<Plc4xTag>, TagResponse, Measurement> converter,
      FirstValues first,
      StreamSink sink)
      throws DriverException, InterruptedException {
    List<Measurement> delivered = new ArrayList<>();
    Deque<List<Point<Plc4xTag>>> requests = new ArrayDeque<>();
    List<Measurement> given = plan(points, settings.maxTags(), requests);
    delivered.addAll(first.deliverRead(given, sink));
    for (var request = requests.poll(); request != null; request = requests.poll()) {
      List<Point<Plc4xTag>> missing = first.missing(request);
      List<Measurement> values = new ArrayList<>(missing.size());
      if (!missing.isEmpty()) {
        List<TagResponse> responses = responses(thread, settings, missing);
        for (int i = 0; i < missing.size(); i++) {
          Point<Plc4xTag> point = missing.get(i);
          TagResponse response = responses.isEmpty() ? null : responses.get(i);
          if (missing.size() > 1 && (response == null || !response.isOk())) {
            requests.add(List.of(point));
          } else if (response == null) {
            values.add(Measurement.bad(point, clock.epochNanos(), "DRIVER_ERROR"));
          } else {
            values.add(converter.apply(point, response));
          }
        }
      }
      delivered.addAll(first.deliverRead(values, sink));
    }
    points.forEach(unanswered::remove);
    return delivered;
  }

  /** Adds the requests to make; returns what is known without one. */
  private List<Measurement> plan(
      List<Point<Plc4xTag>> points, int maxTags, Deque<List<Point<Plc4xTag>>> requests) {
    List<Measurement> given = new ArrayList<>();
    List<Point<Plc4xTag>> together = new ArrayList<>();
    for (Point<Plc4xTag> point : points) {
      if (point.tag().address().subscription() == SubscriptionKind.EVENT) {
        continue;
      }
      int failures = unanswered.getOrDefault(point, 0);
      if (failures >= MAX_UNANSWERED) {
        given.add(Measurement.bad(point, clock.epochNanos(), "TIMEOUT"));
      } else if (failures > 0) {
        requests.add(List.of(point));
      } else {
        together.add(point);
      }
    }
    for (int from = 0; from < together.size(); from += maxTags) {
      requests.add(together.subList(from, Math.min(together.size(), from + maxTags)));
    }
    return given;
  }

  /** One response per point; none when the driver refused the request. */
  private List<TagResponse> responses(
      ConnectionThread thread, RequestSettings settings, List<Point<Plc4xTag>> points)
      throws DriverException, InterruptedException {
    List<PlcAddress> addresses = new ArrayList<>(points.size());
    points.forEach(point -> addresses.add(point.tag().address().address()));
    List<TagResponse> responses;
    try {
      responses =
          thread.call(
              connection -> connection.prepare(addresses).execute(settings.requestTimeout()),
              settings.requestTimeout().plus(RequestBatch.GRACE));
    } catch (TimeoutException e) {
      throw unanswered(points, e, Kind.NO_ANSWER);
    } catch (DriverException e) {
      if (e.kind() != Kind.REFUSED) {
        throw unanswered(points, e, e.kind());
      }
      responses = List.of();
    }
    points.forEach(unanswered::remove);
    return responses;
  }

  private DriverException unanswered(List<Point<Plc4xTag>> points, Exception cause, Kind kind) {
    points.forEach(point -> unanswered.merge(point, 1, Integer::sum));
    String reason = cause.getMessage() == null ? "no answer in time" : cause.getMessage();
    int others = points.size() - 1;
    return new DriverException(
        "the first read of "
            + points.get(0).tag().name()
            + (others == 0 ? "" : " and " + others + " more tags")
            + ": "
            + reason,
        cause,
        kind);
  }
}
