// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The units of a scan: which of them are there, although they do not answer every request. For one
 * thread at a time.
 */
final class ScannedUnits {
  private final Device<ModbusDevice> device;
  private final ModbusConnection connection;
  private final UnitHealth health;
  private final Clock clock;
  private final int ownUnit;

  /** A request that each unit answered in the current scan. */
  private final Map<Integer, Block> answered = new HashMap<>();

  /**
   * A request to which each unit returned data in the current scan. A rejection does not show that
   * a unit which leaves other requests unanswered is in order.
   */
  private final Map<Integer, Block> returned = new HashMap<>();

  /** How many scans in a row each unit returned nothing in. */
  private final Map<Integer, Integer> silentScans = new HashMap<>();

  /** Requests that the next scan begins with, by unit. */
  private final Map<Integer, Block> probed = new HashMap<>();

  ScannedUnits(
      Device<ModbusDevice> device, ModbusConnection connection, UnitHealth health, Clock clock) {
    this.device = device;
    this.connection = connection;
    this.health = health;
    this.clock = clock;
    this.ownUnit = device.settings().unit();
  }

  void beginScan() {
    answered.clear();
    returned.clear();
  }

  /**
   * The requests for single tags that a scan begins with, to units that were silent in the last
   * one: a block may contain a tag that the unit does not answer. While a unit answers nothing, it
   * is another tag each time.
   */
  List<Block> probes(List<PlannedTag> allTags) {
    List<Block> probes = new ArrayList<>();
    probed.values().forEach(block -> probes.add(block.part(0, 1)));
    probed.clear();
    for (Map.Entry<Integer, Integer> silent : silentScans.entrySet()) {
      List<PlannedTag> tags =
          allTags.stream()
              .filter(planned -> planned.unitTable().unit() == silent.getKey())
              .toList();
      // Multiples of the golden ratio visit all parts of the list early.
      int next = (int) (silent.getValue() * 0.618_034 % 1 * tags.size());
      probes.add(Block.spanning(tags.subList(next, next + 1), tags.get(next).start()));
    }
    return probes;
  }

  /** Makes the next scan begin with a request that the unit returned data to. */
  void probeNext(int unit) {
    probed.put(unit, returned.get(unit));
  }

  /** Whether the unit returned data in the current scan. */
  boolean hasReturned(int unit) {
    return returned.containsKey(unit);
  }

  /** Whether the unit answered a request of the current scan. */
  boolean hasAnswered(int unit) {
    return answered.containsKey(unit);
  }

  /** Whether no unit answered a request of the current scan. */
  boolean answeredNothing() {
    return answered.isEmpty();
  }

  /** The status of a unit that must not be asked now; null when it may be. */
  String pausedStatus(int unit) {
    return unit == ownUnit ? null : health.silence(unit, clock.tick());
  }

  /**
   * Sends the request of a block.
   *
   * @throws ModbusExceptionResponse when the unit rejects it
   * @throws ProtocolException of scope DEVICE when it is not answered
   */
  byte[] answer(Block block) throws ModbusExceptionResponse, ProtocolException {
    try {
      byte[] data =
          connection.read(
              block.unitTable().unit(), block.unitTable().table(), block.start(), block.quantity());
      answered(block.unitTable().unit(), block);
      returned.put(block.unitTable().unit(), block);
      silentScans.remove(block.unitTable().unit());
      return data;
    } catch (ModbusExceptionResponse e) {
      if (e.code().isGateway()) {
        throw gatewayFailure(block, e.code());
      }
      answered(block.unitTable().unit(), block);
      throw e;
    }
  }

  private void answered(int unit, Block block) {
    answered.put(unit, block);
    health.answered(unit);
  }

  /** Whether a unit still answers a request that it returned data to before in this scan. */
  boolean isThere(int unit) throws ProtocolException {
    Block before = returned.get(unit);
    if (before == null) {
      return false;
    }
    try {
      answer(before);
      return true;
    } catch (ModbusExceptionResponse e) {
      return true;
    } catch (ProtocolException e) {
      if (e.scope() != Scope.DEVICE) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Records that a unit is away.
   *
   * @throws ProtocolException when it is the device's own
   */
  void failed(Block block, ProtocolException failure) throws ProtocolException {
    int unit = block.unitTable().unit();
    silentScans.merge(unit, 1, Integer::sum);
    health.silent(unit, failure.status(), clock.tick());
    if (unit == ownUnit) {
      throw failure;
    }
    health.failed(unit, failure.status(), clock.tick());
  }

  private ProtocolException gatewayFailure(Block block, ModbusExceptionCode code) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.DEVICE,
        code.toString(),
        device.name()
            + ": the gateway at "
            + connection.endpoint()
            + " got no response from unit "
            + block.unitTable().unit()
            + " ("
            + code
            + "); check the unit identifier and the serial line behind the gateway",
        null);
  }
}
