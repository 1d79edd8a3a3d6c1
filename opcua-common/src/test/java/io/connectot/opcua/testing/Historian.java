// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;

/**
 * Stored values, by the node's string identifier, and HistoryRead Raw over them (OPC UA Part 11
 * §6.4.3). Values survive restarts of the server, continuation points do not. Thread-safe.
 */
public final class Historian {
  private record Cursor(String node, int next, int end, int page, boolean backwards) {}

  private final Map<String, List<DataValue>> values = new ConcurrentHashMap<>();
  private final Map<ByteString, Cursor> cursors = new ConcurrentHashMap<>();
  private final AtomicLong cursorIds = new AtomicLong();
  private volatile boolean enabled = true;
  private volatile boolean continuationPoints = true;
  private volatile int maxContinuationPoints = 250;
  private volatile int pageLimit = 1_000;
  private volatile int kept = 100_000;
  private final AtomicInteger expiring = new AtomicInteger();

  Historian() {}

  /** Off answers Bad_HistoryOperationUnsupported, though nodes still say that there is history. */
  public void enabled(boolean value) {
    enabled = value;
  }

  /** The most values in one answer, whatever is asked for. */
  public void pageLimit(int value) {
    pageLimit = value;
  }

  /** Off makes a full page look like the last one, as servers without them do. */
  public void continuationPoints(boolean value) {
    continuationPoints = value;
  }

  /** The most continuation points at a time; more is Bad_NoContinuationPoints. */
  public void maxContinuationPoints(int value) {
    maxContinuationPoints = value;
  }

  /** Forgets the next continuation points as soon as they are given out. */
  public void expirePoints(int times) {
    expiring.set(times);
  }

  /** The most values kept a node. */
  public void kept(int value) {
    kept = value;
  }

  /** What is stored of a node, oldest first. */
  public List<DataValue> values(String node) {
    List<DataValue> stored = values.get(node);
    if (stored == null) {
      return List.of();
    }
    synchronized (stored) {
      return List.copyOf(stored);
    }
  }

  /** Stores a value that no subscription ever saw. */
  public void store(String node, DataValue value) {
    List<DataValue> stored = values.computeIfAbsent(node, key -> new ArrayList<>());
    synchronized (stored) {
      stored.add(value);
      if (stored.size() > kept + kept / 10) {
        stored.subList(0, stored.size() - kept).clear();
      }
    }
  }

  /** Forgets the values of a node. */
  public void clear(String node) {
    values.remove(node);
  }

  void forgetCursors() {
    cursors.clear();
  }

  StatusCode release(ByteString point) {
    return cursors.remove(point) == null
        ? new StatusCode(StatusCodes.Bad_ContinuationPointInvalid)
        : StatusCode.GOOD;
  }

  HistoryReadResult read(
      String node, ReadRawModifiedDetails details, ByteString point, EncodingContext encoding) {
    if (!enabled) {
      return failed(StatusCodes.Bad_HistoryOperationUnsupported);
    }
    List<DataValue> stored = values.getOrDefault(node, List.of());
    synchronized (stored) {
      Cursor cursor;
      if (point != null && point.isNotNull()) {
        cursor = cursors.remove(point);
        if (cursor == null || !cursor.node.equals(node)) {
          return failed(StatusCodes.Bad_ContinuationPointInvalid);
        }
      } else {
        cursor = first(node, stored, details);
      }
      return page(stored, cursor, encoding);
    }
  }

  /** From start to end, the end not included; backwards when the end comes first. */
  private Cursor first(String node, List<DataValue> stored, ReadRawModifiedDetails details) {
    long start = ticks(details.getStartTime(), Long.MIN_VALUE);
    long end = ticks(details.getEndTime(), Long.MAX_VALUE);
    int asked = (int) Math.min(details.getNumValuesPerNode().longValue(), Integer.MAX_VALUE);
    int page = asked == 0 ? pageLimit : Math.min(asked, pageLimit);
    if (start <= end) {
      int from = firstAtOrAfter(stored, start);
      int to = start == end ? firstAtOrAfter(stored, end + 1) : firstAtOrAfter(stored, end);
      return new Cursor(node, from, to, page, false);
    }
    return new Cursor(
        node,
        firstAtOrAfter(stored, start + 1) - 1,
        firstAtOrAfter(stored, end + 1) - 1,
        page,
        true);
  }

  private HistoryReadResult page(List<DataValue> stored, Cursor cursor, EncodingContext encoding) {
    List<DataValue> page = new ArrayList<>();
    int step = cursor.backwards ? -1 : 1;
    int next = cursor.next;
    while (next != cursor.end && page.size() < cursor.page) {
      page.add(stored.get(next));
      next += step;
    }
    ByteString point = ByteString.NULL_VALUE;
    if (next != cursor.end && continuationPoints) {
      if (cursors.size() >= maxContinuationPoints) {
        return failed(StatusCodes.Bad_NoContinuationPoints);
      }
      point =
          ByteString.of(
              Long.toString(cursorIds.incrementAndGet()).getBytes(StandardCharsets.US_ASCII));
      if (expiring.getAndUpdate(times -> Math.max(0, times - 1)) == 0) {
        cursors.put(
            point, new Cursor(cursor.node, next, cursor.end, cursor.page, cursor.backwards));
      }
    }
    return new HistoryReadResult(
        page.isEmpty() ? new StatusCode(StatusCodes.Good_NoData) : StatusCode.GOOD,
        point,
        ExtensionObject.encode(encoding, new HistoryData(page.toArray(new DataValue[0]))));
  }

  /** Values are stored in the order of their times. */
  private static int firstAtOrAfter(List<DataValue> stored, long ticks) {
    int low = 0;
    int high = stored.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ticks(stored.get(middle).sourceTime(), Long.MIN_VALUE) < ticks) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long ticks(DateTime time, long whenAbsent) {
    return time == null || time.getUtcTime() == 0 ? whenAbsent : time.getUtcTime();
  }

  private static HistoryReadResult failed(long status) {
    return new HistoryReadResult(new StatusCode(status), ByteString.NULL_VALUE, null);
  }
}
