// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.DriverMetadata;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.adapter.cip.CipTags;
import io.connectot.plc4x.adapter.support.TagShapes;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.plc4x.java.DefaultPlcDriverManager;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.PlcDriver;
import org.apache.plc4x.java.api.authentication.PlcUsernamePasswordAuthentication;
import org.apache.plc4x.java.api.exceptions.PlcConnectionException;
import org.apache.plc4x.java.api.metadata.OptionMetadata;
import org.apache.plc4x.java.api.metadata.PlcDriverMetadata;

/** The drivers found by the plugin's class loader. */
public final class Plc4xDriverRegistry implements DriverRegistry {
  private final ClassLoader loader = Plc4xDriverRegistry.class.getClassLoader();
  private final DefaultPlcDriverManager manager = new DefaultPlcDriverManager(loader);

  private Plc4xDriverRegistry() {}

  private static final class Holder {
    static final Plc4xDriverRegistry SHARED = new Plc4xDriverRegistry();
  }

  /** The shared registry; the drivers are looked up once. */
  public static DriverRegistry shared() {
    return Holder.SHARED;
  }

  @Override
  public SortedSet<String> codes() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(manager.getProtocolCodes()));
  }

  @Override
  public DriverMetadata metadata(String code) {
    PlcDriver driver = driver(code);
    return inOwnLoader(
        () -> {
          PlcDriverMetadata metadata = driver.getMetadata();
          Optional<String> defaultTransport = metadata.getDefaultTransportCode();
          List<String> transports = metadata.getSupportedTransportCodes();
          Set<String> options =
              new HashSet<>(keys(metadata.getProtocolConfigurationOptionMetadata(), ""));
          for (String transport : transports) {
            options.addAll(
                keys(metadata.getTransportConfigurationOptionMetadata(transport), transport + "."));
          }
          return new DriverMetadata(
              code, driver.getProtocolName(), defaultTransport, transports, options);
        });
  }

  @Override
  public PlcAddress parse(String code, String address) throws LineException {
    return AddressParsers.parse(driver(code), address);
  }

  @Override
  public Optional<String> writeRefusal(String driver, PlcAddress address) {
    TagShape shape =
        switch (driver) {
          case "eip", "logix" -> CipTags.shape(address);
          case "ads" ->
              address.text().indexOf(':') < 0
                  ? TagShape.of(address.type(), 0)
                  : TagShapes.of(address);
          default -> TagShapes.of(address);
        };
    return Optional.ofNullable(shape.refusal());
  }

  @Override
  public Capabilities capabilities(String url) throws LineException {
    try (Plc4xConnection connection = newConnection(url, null)) {
      return connection.capabilities();
    }
  }

  @Override
  public Plc4xConnection newConnection(String url, Login login) throws LineException {
    PlcDriver driver = driver(url.substring(0, url.indexOf(':')));
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      PlcConnection connection =
          login == null
              ? driver.getConnection(url)
              : driver.getConnection(
                  url, new PlcUsernamePasswordAuthentication(login.user(), login.password()));
      return new Plc4xConnection(connection, driver.getProtocolCode(), loader);
    } catch (PlcConnectionException | RuntimeException e) {
      throw new LineException(
          "the driver "
              + driver.getProtocolCode()
              + " does not understand the connection string: "
              + RedactedUrl.redact(ExceptionMessages.reason(e), url));
    } finally {
      Thread.currentThread().setContextClassLoader(callers);
    }
  }

  private PlcDriver driver(String code) {
    try {
      return manager.getDriver(code);
    } catch (PlcConnectionException e) {
      throw new IllegalArgumentException("no driver " + code, e);
    }
  }

  private <T> T inOwnLoader(java.util.function.Supplier<T> action) {
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      return action.get();
    } finally {
      Thread.currentThread().setContextClassLoader(callers);
    }
  }

  private static Set<String> keys(Optional<OptionMetadata> metadata, String prefix) {
    Set<String> keys = new HashSet<>();
    metadata.ifPresent(
        options -> options.getOptions().forEach(option -> keys.add(prefix + option.getKey())));
    return keys;
  }
}
