// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.adapter.support.ConnectionInternals;
import io.connectot.plc4x.adapter.support.DriverSupport;
import io.connectot.plc4x.adapter.support.DriverSupport.Target;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.exceptions.PlcException;
import org.apache.plc4x.java.api.messages.PlcReadRequest;
import org.apache.plc4x.java.api.messages.PlcReadResponse;
import org.apache.plc4x.java.api.messages.PlcSubscriptionEvent;
import org.apache.plc4x.java.api.messages.PlcSubscriptionRequest;
import org.apache.plc4x.java.api.messages.PlcSubscriptionResponse;
import org.apache.plc4x.java.api.messages.PlcWriteRequest;
import org.apache.plc4x.java.api.messages.PlcWriteResponse;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.api.value.PlcValue;
import org.apache.plc4x.java.spi.connection.ChannelExposingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of PLC4X. */
final class Plc4xConnection implements DriverConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Plc4xConnection.class);

  /** Drivers whose devices send more than answers. */
  private static final Set<String> SENDS_NOTIFICATIONS = Set.of("ads", "knxnet-ip", "opcua", "s7");

  private final PlcConnection connection;
  private final ClassLoader loader;

  /** The socket that probes whether the host accepts connections; null outside of the probe. */
  private volatile Socket probe;

  private volatile boolean killed;

  /** Whether {@code connect} was called, so that the driver may hold resources. */
  private volatile boolean reachedDriver;

  private final ReplyWatch watch;
  private final RequestRunner requests;
  private final DriverSupport support;

  Plc4xConnection(PlcConnection connection, String driver, ClassLoader loader) {
    this.connection = connection;
    this.loader = loader;
    this.watch = new ReplyWatch(!SENDS_NOTIFICATIONS.contains(driver));
    this.requests = new RequestRunner(watch);
    this.support = DriverSupport.of(driver);
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
    return new Capabilities(
        metadata.isReadSupported(),
        metadata.isWriteSupported(),
        subscribe,
        metadata.isBrowseSupported());
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
    if (connection instanceof ChannelExposingConnection netty && netty.getChannel() != null) {
      watch.attach(netty.getChannel());
    }
    support.opened(connection);
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
    ResponseCode[] refusals = new ResponseCode[addresses.size()];
    PlcReadRequest request = null;
    try {
      PlcReadRequest.Builder builder = connection.readRequestBuilder();
      int asked = 0;
      for (int i = 0; i < refusals.length; i++) {
        Target target = support.target(addresses.get(i), false);
        refusals[i] = target.code();
        if (target.code() != ResponseCode.OK) {
          continue;
        }
        asked++;
        if (target.tag() instanceof PlcTag tag) {
          builder.addTag(Integer.toString(i), tag);
        } else {
          builder.addTagAddress(Integer.toString(i), addresses.get(i).text());
        }
      }
      if (asked > 0) {
        request = builder.build();
      }
    } catch (RuntimeException e) {
      throw failure(e);
    }
    return support.prepare(addresses, plain(request, refusals));
  }

  /**
   * Reads by the driver.
   *
   * @param request null when all addresses are refused
   */
  private PreparedRead plain(PlcReadRequest request, ResponseCode[] refusals) {
    return limit -> {
      PlcReadResponse response =
          request == null ? null : requests.read(() -> request.execute(), limit);
      List<TagResponse> responses = new ArrayList<>(refusals.length);
      for (int i = 0; i < refusals.length; i++) {
        responses.add(
            refusals[i] == ResponseCode.OK
                ? response(response, Integer.toString(i))
                : new TagResponse(refusals[i], null));
      }
      return responses;
    };
  }

  @Override
  public TagShape shape(PlcAddress address) {
    return support.shape(address);
  }

  @Override
  public PreparedWrite prepareWrite(PlcAddress address, RawValue value)
      throws UnwritableValueException {
    DriverSupport.Write write = support.write(address, value);
    PlcWriteRequest request = WriteRequests.of(connection, write.tag(), write.value());
    return limit -> {
      write.beforeSending().run();
      PlcWriteResponse response = requests.write(() -> request.execute(), limit);
      return support.written(WriteRequests.code(response));
    };
  }

  @Override
  public boolean isCurrent(Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    return support.isCurrent(
        address -> prepare(List.of(new PlcAddress(address, PlcType.UNKNOWN, false, null))), limit);
  }

  private TagResponse response(PlcReadResponse response, String name) {
    ResponseCode code = RequestResults.code(() -> response.getResponseCode(name));
    if (code != ResponseCode.OK) {
      return new TagResponse(code, null);
    }
    try {
      PlcValue value = response.getPlcValue(name);
      return new TagResponse(code, RawValues.of(value));
    } catch (RuntimeException e) {
      LOG.debug("A value could not be converted", e);
      return new TagResponse(ResponseCode.INVALID_DATA, null);
    }
  }

  @Override
  public List<ResponseCode> subscribe(
      List<Subscription> tags, Consumer<SubscriptionEvent> sink, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    var builder = connection.subscriptionRequestBuilder();
    Map<String, Integer> indexes = new HashMap<>();
    ResponseCode[] refusals = new ResponseCode[tags.size()];
    try {
      for (int i = 0; i < tags.size(); i++) {
        Subscription tag = tags.get(i);
        Target target = support.target(tag.address(), true);
        refusals[i] = target.code();
        if (target.code() == ResponseCode.OK) {
          indexes.put(Integer.toString(i), i);
          add(builder, Integer.toString(i), tag, target);
        }
      }
    } catch (RuntimeException e) {
      throw failure(e);
    }
    List<ResponseCode> codes = new ArrayList<>(Arrays.asList(refusals));
    if (indexes.isEmpty()) {
      return codes;
    }
    Consumer<PlcSubscriptionEvent> receiver =
        event -> {
          Map<Integer, TagResponse> values = new HashMap<>();
          for (String tagName : event.getTagNames()) {
            values.put(indexes.getOrDefault(tagName, -1), response(event, tagName));
          }
          sink.accept(new SubscriptionEvent(event.getTimestamp(), values));
        };
    var response =
        requests.read(
            () ->
                builder
                    .build()
                    .execute()
                    .thenApply(subscribed -> register(subscribed, indexes.keySet(), receiver)),
            limit);
    indexes.forEach(
        (name, index) ->
            codes.set(index, RequestResults.code(() -> response.getResponseCode(name))));
    return codes;
  }

  /**
   * Registers the receiver on the thread of the driver that completes the request: it drops the
   * first values if nothing is registered when they arrive.
   */
  private static PlcSubscriptionResponse register(
      PlcSubscriptionResponse response,
      Set<String> names,
      Consumer<PlcSubscriptionEvent> receiver) {
    for (String name : names) {
      if (RequestResults.code(() -> response.getResponseCode(name)) == ResponseCode.OK) {
        response.getSubscriptionHandle(name).register(receiver);
      }
    }
    return response;
  }

  private static void add(
      PlcSubscriptionRequest.Builder builder, String name, Subscription tag, Target target) {
    String address = tag.address().text();
    // Not every driver takes parsed addresses in subscriptions.
    boolean replaced = target.tag() instanceof PlcTag && target.tag() != tag.address().parsed();
    PlcTag other = replaced ? (PlcTag) target.tag() : null;
    switch (tag.kind()) {
      case CYCLIC -> {
        if (replaced) {
          builder.addCyclicTag(name, other, tag.interval());
        } else {
          builder.addCyclicTagAddress(name, address, tag.interval());
        }
      }
      case CHANGE -> {
        if (replaced) {
          builder.addChangeOfStateTag(name, other);
        } else {
          builder.addChangeOfStateTagAddress(name, address);
        }
      }
      case EVENT -> {
        if (replaced) {
          builder.addEventTag(name, other);
        } else {
          builder.addEventTagAddress(name, address);
        }
      }
    }
  }

  @Override
  public List<BrowsedTag> browse(String query, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    var response =
        requests.read(
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
    return new DriverException(ExceptionMessages.reason(cause), cause);
  }
}
