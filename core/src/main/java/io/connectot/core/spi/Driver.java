// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * A protocol bound to one connector's configuration: it reads device and tag lines and opens
 * sessions. Thread-safe.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public sealed interface Driver<E, A> permits PollingDriver, StreamingDriver, WritingDriver {

  /**
   * Parses a device line.
   *
   * @throws LineException when the line cannot work, saying why and what to write instead
   */
  ParsedDevice<E> parseDevice(DeviceLine line) throws LineException;

  /**
   * Parses a tag line: address, type and the protocol's own options. Takes the options it knows out
   * of the line's {@link LineOptions}; what is left over is reported as unknown.
   *
   * @throws LineException when the line cannot work, saying why and what to write instead
   */
  ParsedTag<A> parseTag(TagLine line) throws LineException;

  /**
   * Checks a tag with the options that all protocols have, {@code interval} and {@code heartbeat}
   * for example, after its line was read.
   *
   * @throws LineException when the protocol cannot do what they ask for, saying what to write
   *     instead
   */
  default void checkTag(Tag<A> tag) throws LineException {
    // Most protocols can do what core reads.
  }

  /**
   * Whether the driver finds tags by itself, by browsing for example, so that a configuration
   * without any tag line can work.
   */
  default boolean discoversTags() {
    return false;
  }

  /**
   * Checks what only all devices together show, after every line was read.
   *
   * @throws ConfigException when it cannot work, naming the guilty key as Kafka does: name, value,
   *     message
   */
  default void checkDevices(List<Device<E>> devices) {
    // Most lines stand for themselves.
  }

  /** Where events of devices go; empty when the protocol has none or none are configured. */
  default Optional<EventRecords> eventRecords() {
    return Optional.empty();
  }

  /**
   * How events of devices become records.
   *
   * @param key the configuration key of the topic
   * @param topic a template over {@code device}, {@code path} and {@code protocol} that has been
   *     checked
   * @param tombstones whether a tombstone deletes an alarm that is no longer of interest
   */
  record EventRecords(String key, String topic, boolean tombstones) {}

  /**
   * Connects to a device and reads nothing, for the connection test of {@code validate()}.
   *
   * @throws ProtocolException saying what failed
   */
  void testConnection(Device<E> device) throws ProtocolException;

  /**
   * How long a connection test may take: what the protocol's own time limits allow, and a little
   * more. A test that takes longer says nothing about the device.
   */
  default Duration testLimit() {
    return Duration.ofSeconds(15);
  }

  /**
   * Reads tags of a device once, for the connection test with {@code validate.tags}.
   *
   * @return why tags cannot be read, by their names; empty when all can be, or when the protocol
   *     does not read by itself
   * @throws ProtocolException when the device cannot be reached
   */
  default Map<String, String> unreadableTags(Device<E> device, List<Tag<A>> tags)
      throws ProtocolException {
    return Map.of();
  }

  /**
   * What a protocol makes of a device line.
   *
   * @param endpoint the connection the device is reached by, without credentials; devices with
   *     equal endpoints share one connection
   * @param settings the protocol's own settings
   */
  record ParsedDevice<E>(String endpoint, E settings) {}

  /**
   * What a protocol makes of a tag line.
   *
   * @param address the protocol's own address
   * @param type the type of the raw value, before scaling
   */
  record ParsedTag<A>(A address, io.connectot.core.model.ValueType type) {}
}
