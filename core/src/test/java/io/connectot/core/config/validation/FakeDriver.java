// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.mapping.template.Variables;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.core.spi.line.TagLine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code fake://<host>[:<port>]} and {@code reg:<number> [type] [order=] [length=]}. Devices
 * whose host begins with {@code dead} are not there, and none has a register 404.
 */
public record FakeDriver(int defaultPort, boolean discoversTags)
    implements PollingDriver<FakeDriver.Host, Integer> {
  private static final String SCHEME = "fake://";
  private static final List<String> TYPES =
      Arrays.stream(ValueType.values()).map(ValueType::configName).toList();

  /** Where a device is; all are in one plant. */
  public record Host(String name) implements Variables {
    @Override
    public String value(String variable) {
      return variable.equals("plant") ? "munich" : null;
    }
  }

  private enum Order {
    ABCD,
    CDAB
  }

  @Override
  public ParsedDevice<Host> parseDevice(DeviceLine line) throws LineException {
    if (line.url().equals("fake://bug")) {
      throw new IllegalStateException("joe:secret@bug");
    }
    if (!line.url().startsWith(SCHEME) || line.url().length() == SCHEME.length()) {
      throw new LineException("must be fake://<host>[:<port>], such as fake://10.0.0.5:502");
    }
    String host = line.url().substring(SCHEME.length());
    int colon = host.indexOf(':');
    int port = colon < 0 ? defaultPort : port(host.substring(colon + 1));
    String name = colon < 0 ? host : host.substring(0, colon);
    return new ParsedDevice<>(SCHEME + name + ":" + port, new Host(name));
  }

  private static int port(String text) throws LineException {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is no port.
    }
    throw new LineException("port '" + text + "' must be from 1 to 65535");
  }

  @Override
  public ParsedTag<Integer> parseTag(TagLine line) throws LineException {
    ValueType type = type(line.type().orElse("uint16"));
    line.options().choice("order", Order.class);
    if (type == ValueType.STRING) {
      line.options().integer("length", 1, 250);
    }
    try {
      return new ParsedTag<>(Integer.valueOf(line.address().replaceFirst("^reg:", "")), type);
    } catch (NumberFormatException e) {
      throw new LineException("address '" + line.address() + "' must be like reg:100");
    }
  }

  private static ValueType type(String text) throws LineException {
    for (ValueType type : ValueType.values()) {
      if (type.configName().equals(text)) {
        return type;
      }
    }
    throw new LineException(
        "unknown type '" + text + "'" + Suggestion.of(text, TYPES).didYouMean());
  }

  @Override
  public void testConnection(Device<Host> device) throws ProtocolException {
    if (device.settings().name().startsWith("dead")) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "REFUSED",
          "connection refused, check that it is on",
          null);
    }
  }

  @Override
  public Map<String, String> unreadableTags(Device<Host> device, List<Tag<Integer>> tags) {
    Map<String, String> unreadable = new HashMap<>();
    for (Tag<Integer> tag : tags) {
      if (tag.address() == 404) {
        unreadable.put(tag.name(), "2 ILLEGAL_DATA_ADDRESS");
      }
    }
    return unreadable;
  }

  @Override
  public PollingSession<Host, Integer> newSession(String endpoint, List<Device<Host>> devices) {
    throw new UnsupportedOperationException("This protocol is for tests of configurations");
  }
}
