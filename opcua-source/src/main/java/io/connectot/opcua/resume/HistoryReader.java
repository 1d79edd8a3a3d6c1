// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads raw values of several nodes from the server's history (OPC UA Part 11 §6.5.3), page by page
 * in rising order. For one thread.
 */
public final class HistoryReader {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);

  /** Answers in a row that may bring nothing new of a node. */
  private static final int MAX_FRUITLESS = 100;

  private static final StatusCode NO_PROGRESS = new StatusCode(StatusCodes.Bad_UnexpectedError);

  private final UaSession session;
  private final int valuesPerNode;

  /** How many nodes are read at a time; falls when the server has no more continuation points. */
  private int nodesPerCall;

  public HistoryReader(UaSession session, Configuration config) {
    this.session = session;
    this.valuesPerNode = config.get(OpcUaResumeConfig.VALUES_PER_NODE);
    this.nodesPerCall =
        Math.max(
            1,
            Math.min(config.get(OpcUaResumeConfig.NODES_PER_CALL), session.limits().historyRead()));
  }

  /** What becomes of what is read of one node. */
  public interface Target {
    /** The node of this session. */
    NodeId node();

    /** The part of an array; null for all. */
    String indexRange();

    /**
     * Takes a page of values, in rising order of their times, possibly none.
     *
     * @throws InterruptedException when the connection or the task is over
     */
    void page(DataValue[] values) throws InterruptedException;

    /**
     * Everything was read, or the server refused to.
     *
     * @param status good when everything was
     */
    void done(StatusCode status) throws InterruptedException;
  }

  /** How many nodes are best read with one call of {@link #read}. */
  public int nodesPerCall() {
    return nodesPerCall;
  }

  /** A node that is being read: from when on, and where to go on. */
  private static final class Progress {
    private final Target target;
    private long from;
    private ByteString continuation = ByteString.NULL_VALUE;
    private int values;

    /** Answers in a row that brought nothing new. */
    private int fruitless;

    Progress(Target target, long from, int values) {
      this.target = target;
      this.from = from;
      this.values = values;
    }
  }

  /**
   * Reads the values of all targets from {@code from} to {@code to}, both inclusive.
   *
   * @param from ticks
   * @param to ticks
   * @throws ProtocolException when the server refuses the service or does not answer
   * @throws InterruptedException when the connection or the task is over
   */
  public void read(List<? extends Target> targets, long from, long to)
      throws ProtocolException, InterruptedException {
    List<Progress> open = new ArrayList<>();
    targets.forEach(target -> open.add(new Progress(target, from, valuesPerNode)));
    while (!open.isEmpty()) {
      List<Progress> first = new ArrayList<>(open.subList(0, Math.min(nodesPerCall, open.size())));
      open.subList(0, first.size()).clear();
      readAll(first, to, open);
    }
  }

  /**
   * Reads some nodes to their ends.
   *
   * @param later takes those that have to be read again, for want of continuation points
   */
  private void readAll(List<Progress> nodes, long to, List<Progress> later)
      throws ProtocolException, InterruptedException {
    List<Progress> round = nodes;
    while (!round.isEmpty()) {
      HistoryReadResult[] results;
      try {
        results = request(round, to);
      } catch (ProtocolException e) {
        if (!ServiceStatus.tooLarge(e) || nodesPerCall == 1) {
          throw e;
        }
        nodesPerCall = Math.max(1, round.size() / 2);
        release(round);
        later.addAll(round);
        return;
      }
      List<Progress> next = new ArrayList<>();
      for (int i = 0; i < round.size(); i++) {
        take(round.get(i), result(results, i), to, next, later);
      }
      round = next;
    }
  }

  private void take(
      Progress node, HistoryReadResult result, long to, List<Progress> next, List<Progress> later)
      throws InterruptedException {
    StatusCode status = result.getStatusCode();
    long code = ServiceStatus.code(status);
    if (node.fruitless > MAX_FRUITLESS) {
      node.target.done(status.isBad() ? status : NO_PROGRESS);
      return;
    }
    if (code == StatusCodes.Bad_NoContinuationPoints
        || code == StatusCodes.Bad_ContinuationPointInvalid) {
      node.fruitless++;
      node.continuation = ByteString.NULL_VALUE;
      nodesPerCall = Math.max(1, nodesPerCall / 2);
      later.add(node);
      return;
    }
    if (status.isBad()) {
      node.target.done(code == StatusCodes.Bad_NoData ? StatusCode.GOOD : status);
      return;
    }
    DataValue[] values;
    try {
      values = values(result);
    } catch (RuntimeException e) {
      // A truncated body fails with whatever the decoder meets first.
      LOG.debug("History of {} cannot be decoded", node.target.node(), e);
      node.target.done(new StatusCode(StatusCodes.Bad_DecodingError));
      return;
    }
    node.target.page(values);
    node.continuation = result.getContinuationPoint();
    if (node.continuation != null && !node.continuation.isNullOrEmpty()) {
      long reached =
          values.length > 0 ? ValueInstant.ticks(values[values.length - 1], 0) : node.from;
      node.fruitless = reached > node.from ? 0 : node.fruitless + 1;
      node.from = Math.max(node.from, reached);
      next.add(node);
    } else if (values.length >= node.values) {
      // A server without continuation points: a full page need not be the end.
      continueByTime(node, values, to, later);
    } else {
      node.target.done(StatusCode.GOOD);
    }
  }

  private static void continueByTime(
      Progress node, DataValue[] values, long to, List<Progress> later)
      throws InterruptedException {
    long newest = ValueInstant.ticks(values[values.length - 1], 0);
    if (newest > to) {
      node.target.done(StatusCode.GOOD);
      return;
    }
    if (newest == node.from) {
      // The whole page is of one instant.
      node.values *= 2;
    }
    node.from = newest;
    node.continuation = ByteString.NULL_VALUE;
    later.add(node);
  }

  private static HistoryReadResult result(HistoryReadResult[] results, int index) {
    return results == null || index >= results.length
        ? new HistoryReadResult(new StatusCode(StatusCodes.Bad_UnknownResponse), null, null)
        : results[index];
  }

  private HistoryReadResult[] request(List<Progress> nodes, long to)
      throws ProtocolException, InterruptedException {
    long from = Long.MAX_VALUE;
    int values = 0;
    List<HistoryReadValueId> ids = new ArrayList<>(nodes.size());
    for (Progress node : nodes) {
      from = Math.min(from, node.from);
      values = Math.max(values, node.values);
      ids.add(
          new HistoryReadValueId(
              node.target.node(),
              node.target.indexRange(),
              QualifiedName.NULL_VALUE,
              node.continuation));
    }
    for (Progress node : nodes) {
      node.values = values;
    }
    HistoryReadResponse response =
        session.await(
            session
                .services()
                .historyReadAsync(
                    // The end is exclusive (OPC UA Part 11 §6.5.3.2).
                    new ReadRawModifiedDetails(
                        false, new DateTime(from), new DateTime(to + 1), uint(values), false),
                    TimestampsToReturn.Both,
                    false,
                    ids));
    return response.getResults();
  }

  /** Lets the server forget where it was. */
  private void release(List<Progress> nodes) throws InterruptedException {
    List<HistoryReadValueId> ids = new ArrayList<>();
    for (Progress node : nodes) {
      if (node.continuation != null && !node.continuation.isNullOrEmpty()) {
        ids.add(
            new HistoryReadValueId(
                node.target.node(), null, QualifiedName.NULL_VALUE, node.continuation));
      }
      node.continuation = ByteString.NULL_VALUE;
    }
    if (ids.isEmpty()) {
      return;
    }
    try {
      session.await(
          session
              .services()
              .historyReadAsync(
                  new ReadRawModifiedDetails(
                      false, DateTime.MIN_VALUE, DateTime.MIN_VALUE, uint(0), false),
                  TimestampsToReturn.Both,
                  true,
                  ids));
    } catch (ProtocolException e) {
      // They expire with the session anyway.
    }
  }

  private DataValue[] values(HistoryReadResult result) {
    ExtensionObject data = result.getHistoryData();
    if (data == null || data.isNull()) {
      return new DataValue[0];
    }
    UaStructuredType decoded = data.decode(session.services().getStaticEncodingContext());
    DataValue[] values = decoded instanceof HistoryData history ? history.getDataValues() : null;
    return values == null ? new DataValue[0] : values;
  }
}
