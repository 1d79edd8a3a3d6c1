// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.exceptions.PlcException;
import org.apache.plc4x.java.api.messages.PlcReadRequest;
import org.apache.plc4x.java.api.messages.PlcReadResponse;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.api.types.PlcResponseCode;
import org.apache.plc4x.java.api.value.PlcValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of PLC4X. */
final class Plc4xConnection implements DriverConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Plc4xConnection.class);
  private static final Map<PlcResponseCode, ResponseCode> CODES = codes();

  /** What the drivers of S7 say when a PLC closes the connection at the question for its type. */
  private static final String REFUSES_IDENTIFICATION = "terminated by remote";

  private final PlcConnection connection;
  private final ClassLoader loader;

  /** The socket that probes whether the host accepts connections; null outside of the probe. */
  private volatile Socket probe;

  private volatile boolean killed;

  /** Whether {@code connect} was called, so that the driver may hold resources. */
  private volatile boolean reachedDriver;

  /**
   * Whether the driver knows where the elements of an array of structures begin. The driver ads
   * ignores the bytes that fill a structure up at its end, so that all but the first element may be
   * of other bytes.
   */
  private final boolean separatesStructures;

  Plc4xConnection(PlcConnection connection, String driver, ClassLoader loader) {
    this.connection = connection;
    this.loader = loader;
    this.separatesStructures = !driver.equals("ads");
  }

  @Override
  public Capabilities capabilities() {
    var metadata = connection.getMetadata();
    boolean subscribe;
    try {
      subscribe = metadata.isSubscribeSupported();
    } catch (NullPointerException e) {
      // The s7 driver knows this only once it is connected.
      subscribe = true;
    }
    return new Capabilities(metadata.isReadSupported(), subscribe, metadata.isBrowseSupported());
  }

  /**
   * Probes the host first, if there is one: for an unreachable host the driver would print stack
   * traces and, with s7, retry by itself.
   */
  @Override
  public void open(Duration limit) throws DriverException, InterruptedException {
    InetSocketAddress host = ConnectionInternals.remoteTcpAddress(connection);
    if (host != null) {
      probe(host, limit);
    }
    if (killed) {
      throw new DriverException("the connection was closed", null);
    }
    Thread.currentThread().setContextClassLoader(loader);
    reachedDriver = true;
    try {
      connection.connect();
    } catch (PlcException | RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw failure(e);
    }
  }

  private void probe(InetSocketAddress host, Duration limit) throws DriverException {
    if (host.isUnresolved()) {
      throw new DriverException("unknown host " + host.getHostString(), null);
    }
    try (Socket socket = new Socket()) {
      probe = socket;
      if (!killed) {
        socket.connect(host, (int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
      }
    } catch (IOException e) {
      throw new DriverException(
          host.getHostString() + ":" + host.getPort() + ": " + ExceptionMessages.reason(e), e);
    } finally {
      probe = null;
    }
  }

  @Override
  public boolean isConnected() {
    try {
      return !killed && connection.isConnected();
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public PreparedRead prepare(List<PlcAddress> addresses) throws DriverException {
    String[] names = new String[addresses.size()];
    PlcReadRequest request;
    try {
      PlcReadRequest.Builder builder = connection.readRequestBuilder();
      for (int i = 0; i < names.length; i++) {
        names[i] = Integer.toString(i);
        PlcAddress address = addresses.get(i);
        if (address.parsed() instanceof PlcTag tag) {
          builder.addTag(names[i], tag);
        } else {
          builder.addTagAddress(names[i], address.text());
        }
      }
      request = builder.build();
    } catch (RuntimeException e) {
      throw failure(e);
    }
    return limit -> {
      PlcReadResponse response = await(() -> request.execute(), limit);
      List<TagResponse> responses = new ArrayList<>(names.length);
      for (String name : names) {
        responses.add(response(response, name));
      }
      return responses;
    };
  }

  private TagResponse response(PlcReadResponse response, String name) {
    ResponseCode code = code(() -> response.getResponseCode(name));
    if (code != ResponseCode.OK) {
      return new TagResponse(code, null);
    }
    try {
      PlcValue value = response.getPlcValue(name);
      if (!separatesStructures && RawValues.hasArrayOfStructures(value)) {
        return new TagResponse(ResponseCode.UNSUPPORTED, null);
      }
      return new TagResponse(code, RawValues.of(value));
    } catch (RuntimeException e) {
      LOG.debug("A value could not be converted", e);
      return new TagResponse(ResponseCode.INVALID_DATA, null);
    }
  }

  private static ResponseCode code(Supplier<PlcResponseCode> supplier) {
    PlcResponseCode code;
    try {
      code = supplier.get();
    } catch (RuntimeException e) {
      // Thrown for a tag that is missing in the response.
      return ResponseCode.INTERNAL_ERROR;
    }
    return code == null ? ResponseCode.INTERNAL_ERROR : CODES.get(code);
  }

  @Override
  public List<ResponseCode> subscribe(
      List<Subscription> tags, Consumer<SubscriptionEvent> sink, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    var builder = connection.subscriptionRequestBuilder();
    Map<String, Integer> indexes = new HashMap<>();
    try {
      for (int i = 0; i < tags.size(); i++) {
        Subscription tag = tags.get(i);
        String name = Integer.toString(i);
        indexes.put(name, i);
        String address = tag.address().text();
        switch (tag.kind()) {
          case CYCLIC -> builder.addCyclicTagAddress(name, address, tag.interval());
          case CHANGE -> builder.addChangeOfStateTagAddress(name, address);
          case EVENT -> builder.addEventTagAddress(name, address);
        }
      }
    } catch (RuntimeException e) {
      throw failure(e);
    }
    var response = await(() -> builder.build().execute(), limit);
    List<ResponseCode> codes = new ArrayList<>(tags.size());
    for (int i = 0; i < tags.size(); i++) {
      String name = Integer.toString(i);
      ResponseCode code = code(() -> response.getResponseCode(name));
      if (code == ResponseCode.OK) {
        response
            .getSubscriptionHandle(name)
            .register(
                event -> {
                  Map<Integer, TagResponse> values = new HashMap<>();
                  for (String tagName : event.getTagNames()) {
                    values.put(indexes.getOrDefault(tagName, -1), response(event, tagName));
                  }
                  sink.accept(new SubscriptionEvent(event.getTimestamp(), values));
                });
      }
      codes.add(code);
    }
    return codes;
  }

  @Override
  public List<BrowsedTag> browse(String query, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    var response =
        await(
            () -> connection.browseRequestBuilder().addQuery("all", query).build().execute(),
            limit);
    List<BrowsedTag> found = new ArrayList<>();
    var items = response.getValues("all");
    if (items != null) {
      items.forEach(
          item -> {
            PlcTag tag = item.getTag();
            if (tag != null && item.isReadable()) {
              String address = tag.getAddressString();
              found.add(new BrowsedTag(item.getName(), AddressParsers.of(address, tag)));
            }
          });
    }
    return found;
  }

  private <T> T await(RequestCall<T> request, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    CompletableFuture<? extends T> future;
    try {
      future = request.send();
    } catch (PlcException | RuntimeException e) {
      throw failure(e);
    }
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      // Releases what the driver keeps for the request.
      future.cancel(true);
    }
  }

  /** Sends a request. */
  @FunctionalInterface
  private interface RequestCall<T> {
    CompletableFuture<? extends T> send() throws PlcException;
  }

  @Override
  public void close() {
    try {
      if (reachedDriver && ConnectionInternals.isOpen(connection)) {
        connection.close();
      }
    } catch (Exception e) {
      LOG.debug("The driver could not close its connection", e);
    } finally {
      kill();
    }
  }

  @Override
  public void kill() {
    killed = true;
    Socket socket = probe;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("A socket could not be closed", e);
      }
    }
    if (reachedDriver) {
      ForcedShutdown.of(connection);
    }
  }

  private static DriverException failure(Throwable cause) {
    String reason = ExceptionMessages.reason(cause);
    if (reason.contains(REFUSES_IDENTIFICATION)) {
      reason +=
          "; if the PLC does not identify itself, as LOGO, add controller-type=LOGO (or S7_300,"
              + " S7_400, S7_1200, S7_1500) to the connection string";
    }
    return new DriverException(reason, cause);
  }

  private static Map<PlcResponseCode, ResponseCode> codes() {
    Map<PlcResponseCode, ResponseCode> codes = new EnumMap<>(PlcResponseCode.class);
    for (PlcResponseCode code : PlcResponseCode.values()) {
      codes.put(code, ResponseCode.valueOf(code.name()));
    }
    return codes;
  }
}
