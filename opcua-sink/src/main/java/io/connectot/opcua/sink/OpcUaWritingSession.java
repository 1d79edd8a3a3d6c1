// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.UaSessionFactory;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import io.connectot.opcua.value.DataTypes;
import io.connectot.opcua.value.StatusInfo;
import io.connectot.opcua.value.ValueDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/** Writes over one session with a server. Thread-safe. */
final class OpcUaWritingSession implements WritingSession<OpcUaDevice, OpcUaTag> {
  private static final ValueSettings VALUES =
      new ValueSettings(
          EnumMode.NUMBER, MatrixMode.NESTED, TimestampSource.SOURCE, Duration.ofSeconds(5));

  private final String endpoint;
  private final UaSessionFactory sessions;
  private final Collection<List<Tag<OpcUaTag>>> tags;
  private final Map<Tag<OpcUaTag>, NodeTarget> targets = new ConcurrentHashMap<>();
  private final Object lock = new Object();

  /** Written by {@link #open} under the lock; null before, as the others. */
  private volatile UaSession session;

  private volatile DataTypes types;
  private volatile Outcomes outcomes;
  private volatile boolean lost;

  /** Guarded by the lock. */
  private boolean closed;

  OpcUaWritingSession(
      String endpoint, UaSessionFactory sessions, Collection<List<Tag<OpcUaTag>>> tags) {
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.tags = tags;
  }

  @Override
  public void open(Consumer<ProtocolException> whenLost)
      throws ProtocolException, InterruptedException {
    UaSession opened = sessions.open();
    synchronized (lock) {
      session = opened;
      types = new DataTypes(opened, VALUES);
      outcomes = new Outcomes(endpoint);
      if (closed) {
        types.close();
        opened.close();
        throw new InterruptedException("closed");
      }
    }
    opened.onLoss(
        cause -> {
          lost = true;
          whenLost.accept(cause);
        });
    TargetReader reader = new TargetReader(opened, types);
    for (List<Tag<OpcUaTag>> ofDevice : tags) {
      for (Tag<OpcUaTag> tag : ofDevice) {
        if (!targets.containsKey(tag)) {
          targets.put(tag, reader.read(tag));
        }
      }
    }
  }

  @Override
  public WriteTarget target(Device<OpcUaDevice> device, Tag<OpcUaTag> tag)
      throws ProtocolException, InterruptedException {
    return node(tag).target();
  }

  /** A node that was not there may have been added since. */
  private NodeTarget node(Tag<OpcUaTag> tag) throws ProtocolException, InterruptedException {
    NodeTarget known = targets.get(tag);
    if (known.target().refusal() != null) {
      checkConnected();
      synchronized (targets) {
        known = new TargetReader(session, types).read(tag);
      }
      targets.put(tag, known);
    }
    return known;
  }

  private void checkConnected() throws ProtocolException {
    if (lost) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "NO_CONNECTION",
          endpoint + ": the session with the server is over",
          null);
    }
  }

  @Override
  public List<WriteOutcome> write(Device<OpcUaDevice> device, List<TagWrite<OpcUaTag>> writes)
      throws ProtocolException, InterruptedException {
    checkConnected();
    WriteOutcome[] results = new WriteOutcome[writes.size()];
    List<WriteValue> values = new ArrayList<>();
    List<CallMethodRequest> calls = new ArrayList<>();
    List<Integer> valueIndexes = new ArrayList<>();
    List<Integer> callIndexes = new ArrayList<>();
    VariantEncoder encoder = new VariantEncoder(session.namespaces());
    for (int i = 0; i < writes.size(); i++) {
      TagWrite<OpcUaTag> write = writes.get(i);
      NodeTarget node = targets.get(write.tag());
      try {
        if (node.isMethod()) {
          calls.add(call(encoder, node, (ArrayValue) write.value()));
          callIndexes.add(i);
        } else {
          values.add(value(encoder, node, write));
          valueIndexes.add(i);
        }
      } catch (LineException e) {
        results[i] = new WriteOutcome.Rejected(e.getMessage());
      }
    }
    if (Arrays.stream(results).anyMatch(WriteOutcome.Rejected.class::isInstance)) {
      return WriteOutcome.nothingSent(Arrays.asList(results));
    }
    if (!values.isEmpty()) {
      CompletableFuture<WriteResponse> answer = session.services().writeAsync(values);
      put(results, valueIndexes, outcomes(answer, WriteResponse::getResults, values.size(), true));
    }
    if (!calls.isEmpty()) {
      CompletableFuture<CallResponse> answer = session.services().callAsync(calls);
      put(
          results,
          callIndexes,
          outcomes(
              answer, called -> statuses(called.getResults()), calls.size(), values.isEmpty()));
    }
    return List.of(results);
  }

  private static void put(
      WriteOutcome[] results, List<Integer> indexes, List<WriteOutcome> outcomes) {
    for (int i = 0; i < indexes.size(); i++) {
      results[indexes.get(i)] = outcomes.get(i);
    }
  }

  /** The value alone: many servers refuse to write status and timestamps. */
  private static WriteValue value(VariantEncoder encoder, NodeTarget node, TagWrite<OpcUaTag> write)
      throws LineException {
    Optional<String> range = write.tag().address().item().indexRange();
    Value value = write.value();
    if (range.isPresent() && !(value instanceof ArrayValue)) {
      // A part of an array is written as an array, be it of one element (OPC UA Part 4 §7.27).
      value = new ArrayValue(node.target().type(), List.of(value));
    }
    NodeForm form = range.isPresent() ? node.form().withRank(0) : node.form();
    return new WriteValue(
        node.node(),
        AttributeId.Value.uid(),
        range.orElse(null),
        DataValue.valueOnly(encoder.encode(value, form)));
  }

  private static CallMethodRequest call(
      VariantEncoder encoder, NodeTarget node, ArrayValue arguments) throws LineException {
    Variant[] encoded = new Variant[arguments.elements().size()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = encoder.encode(arguments.elements().get(i), node.arguments().get(i));
    }
    return new CallMethodRequest(node.object(), node.node(), encoded);
  }

  private static StatusCode[] statuses(CallMethodResult[] results) {
    return results == null
        ? null
        : Arrays.stream(results).map(CallMethodResult::getStatusCode).toArray(StatusCode[]::new);
  }

  /**
   * Waits for the answer to a request.
   *
   * @param first whether it is the first request of the command
   * @throws ProtocolException when nothing of the command was carried out, for want of a session
   */
  private <T> List<WriteOutcome> outcomes(
      CompletableFuture<T> answer, Function<T, StatusCode[]> results, int count, boolean first)
      throws ProtocolException {
    try {
      return outcomes.of(results.apply(session.await(answer)), count);
    } catch (ProtocolException e) {
      if (first && ServiceStatus.isWithoutSession(answer)) {
        throw e;
      }
      return outcomes.of(e, count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return outcomes.stopped(count);
    }
  }

  /** A structure has every field as the server's own type has it, a time steps of 100 ns. */
  @Override
  public Value asRead(Device<OpcUaDevice> device, Tag<OpcUaTag> tag, Value written) {
    NodeTarget node = targets.get(tag);
    if (node == null || node.form() == null) {
      return written;
    }
    try {
      boolean element = !(written instanceof ArrayValue);
      NodeForm form = node.form().withRank(element ? -1 : node.form().rank());
      return new ValueDecoder(types)
          .value(new VariantEncoder(session.namespaces()).encode(written, form))
          .orElse(written);
    } catch (LineException e) {
      throw new IllegalStateException("it was encoded before", e);
    }
  }

  @Override
  public List<ReadBack> read(Device<OpcUaDevice> device, List<Tag<OpcUaTag>> read)
      throws ProtocolException, InterruptedException {
    checkConnected();
    List<ReadValueId> requests = new ArrayList<>();
    for (Tag<OpcUaTag> tag : read) {
      NodeTarget node = node(tag);
      if (node.node() == null || node.isMethod()) {
        return read.stream().map(other -> ReadBack.bad("0x80340000 Bad_NodeIdUnknown")).toList();
      }
      requests.add(
          new ReadValueId(
              node.node(),
              AttributeId.Value.uid(),
              tag.address().item().indexRange().orElse(null),
              QualifiedName.NULL_VALUE));
    }
    DataValue[] answer =
        session
            .await(session.services().readAsync(0, TimestampsToReturn.Neither, requests))
            .getResults();
    ValueDecoder decoder = new ValueDecoder(types);
    List<ReadBack> values = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      DataValue value =
          answer != null && i < answer.length ? answer[i] : new DataValue(StatusCode.BAD);
      values.add(readBack(decoder, value, read.get(i)));
    }
    return values;
  }

  private static ReadBack readBack(ValueDecoder decoder, DataValue value, Tag<OpcUaTag> tag) {
    // A condition does not hold by a value that the server itself doubts, e.g. the last known one.
    if (!value.statusCode().isGood()) {
      return ReadBack.bad(StatusInfo.text(value.statusCode()));
    }
    Optional<Value> decoded = decoder.value(value.value());
    if (decoded.isEmpty()) {
      return ReadBack.bad("there is no value");
    }
    boolean element =
        tag.address().item().indexRange().filter(range -> !range.contains(":")).isPresent();
    return ReadBack.of(
        element && decoded.get() instanceof ArrayValue array && array.elements().size() == 1
            ? array.elements().get(0)
            : decoded.get());
  }

  @Override
  public String currentEndpoint() {
    UaSession current = session;
    return current == null ? endpoint : current.url();
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lost = true;
      if (types != null) {
        types.close();
      }
    }
    UaSession current = session;
    if (current != null) {
      current.close();
    }
  }
}
