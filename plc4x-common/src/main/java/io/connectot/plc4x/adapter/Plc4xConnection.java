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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of PLC4X. */
final class Plc4xLink implements PlcLink {
  private static final Logger LOG = LoggerFactory.getLogger(Plc4xLink.class);
  private static final Map<PlcResponseCode, ReplyCode> CODES = codes();

  private final PlcConnection connection;
  private final ClassLoader loader;

  /** The connection that tries whether the host is there; null when there is none. */
  private volatile Socket knocking;

  private volatile boolean killed;

  /** Before it is, there is nothing to end. */
  private volatile boolean reachedDriver;

  Plc4xLink(PlcConnection connection, ClassLoader loader) {
    this.connection = connection;
    this.loader = loader;
  }

  @Override
  public Capabilities capabilities() {
    var metadata = connection.getMetadata();
    boolean subscribe;
    try {
      subscribe = metadata.isSubscribeSupported();
    } catch (NullPointerException e) {
      // The s7 driver knows only when it has seen the PLC.
      subscribe = true;
    }
    return new Capabilities(metadata.isReadSupported(), subscribe, metadata.isBrowseSupported());
  }

  /**
   * Knocks first where there is a host: so a PLC that is away never reaches the driver, which would
   * print stack traces and, with s7, go on trying by itself.
   */
  @Override
  public void open(Duration limit) throws PlcFailure, InterruptedException {
    InetSocketAddress host = Internals.remoteTcpAddress(connection);
    if (host != null) {
      knock(host, limit);
    }
    if (killed) {
      throw new PlcFailure("was closed", null);
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

  private void knock(InetSocketAddress host, Duration limit) throws PlcFailure {
    if (host.isUnresolved()) {
      throw new PlcFailure("the host " + host.getHostString() + " is unknown", null);
    }
    try (Socket socket = new Socket()) {
      knocking = socket;
      if (!killed) {
        socket.connect(host, (int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
      }
    } catch (IOException e) {
      throw new PlcFailure(
          host.getHostString() + ":" + host.getPort() + ": " + Failures.reason(e), e);
    } finally {
      knocking = null;
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
  public PlcRead prepare(List<PlcAddress> addresses) throws PlcFailure {
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
      List<PlcReply> replies = new ArrayList<>(names.length);
      for (String name : names) {
        replies.add(reply(response, name));
      }
      return replies;
    };
  }

  private static PlcReply reply(PlcReadResponse response, String name) {
    ReplyCode code = code(() -> response.getResponseCode(name));
    if (code != ReplyCode.OK) {
      return new PlcReply(code, null);
    }
    try {
      return new PlcReply(code, RawValues.of(response.getPlcValue(name)));
    } catch (RuntimeException e) {
      LOG.debug("A value could not be taken over", e);
      return new PlcReply(ReplyCode.INVALID_DATA, null);
    }
  }

  private static ReplyCode code(Supplier<PlcResponseCode> said) {
    PlcResponseCode code;
    try {
      code = said.get();
    } catch (RuntimeException e) {
      // Thrown for what the driver left out of its answer.
      return ReplyCode.INTERNAL_ERROR;
    }
    return code == null ? ReplyCode.INTERNAL_ERROR : CODES.get(code);
  }

  @Override
  public List<ReplyCode> subscribe(List<Subscription> tags, Consumer<PlcEvent> sink, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException {
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
    List<ReplyCode> codes = new ArrayList<>(tags.size());
    for (int i = 0; i < tags.size(); i++) {
      String name = Integer.toString(i);
      ReplyCode code = code(() -> response.getResponseCode(name));
      if (code == ReplyCode.OK) {
        response
            .getSubscriptionHandle(name)
            .register(
                event -> {
                  Map<Integer, PlcReply> values = new HashMap<>();
                  for (String of : event.getTagNames()) {
                    values.put(indexes.getOrDefault(of, -1), reply(event, of));
                  }
                  sink.accept(new PlcEvent(event.getTimestamp(), values));
                });
      }
      codes.add(code);
    }
    return codes;
  }

  @Override
  public List<BrowsedTag> browse(String query, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException {
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

  private <T> T await(Request<T> request, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException {
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
      // Whatever the driver keeps for it is of no use to anybody any more.
      future.cancel(true);
    }
  }

  /** A call that sends a request. */
  @FunctionalInterface
  private interface Request<T> {
    CompletableFuture<? extends T> send() throws PlcException;
  }

  @Override
  public void close() {
    try {
      if (reachedDriver && Internals.isOpen(connection)) {
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
    Socket socket = knocking;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("A socket could not be closed", e);
      }
    }
    if (reachedDriver) {
      Reaper.reap(connection);
    }
  }

  private static PlcFailure failure(Throwable cause) {
    return new PlcFailure(Failures.reason(cause), cause);
  }

  private static Map<PlcResponseCode, ReplyCode> codes() {
    Map<PlcResponseCode, ReplyCode> codes = new EnumMap<>(PlcResponseCode.class);
    for (PlcResponseCode code : PlcResponseCode.values()) {
      codes.put(code, ReplyCode.valueOf(code.name()));
    }
    return codes;
  }
}
