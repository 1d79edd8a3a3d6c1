// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.type.DecodedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Scans one list of tags of one device repeatedly and remembers which of them the device refuses.
 *
 * <p>When a unit named by a tag ({@code unit.id=}) does not answer, its tags are BAD. When the
 * device's own unit does not answer, the scan fails and its results are dropped; the runtime counts
 * it as missed. For one thread at a time.
 */
public final class DeviceScan {
  private static final String FAILURE = ModbusExceptionCode.SERVER_DEVICE_FAILURE.toString();

  private final Device<ModbusDevice> device;
  private final BlockSettings settings;
  private final int ownUnit;
  private final List<PlannedTag> allTags;
  private final ModbusConnection connection;
  private final UnitHealth units;
  private final Clock clock;
  private final RefusedAddresses refused;

  /**
   * First tags of blocks in which every tag failed with exception 4. They are read as a whole until
   * {@link #failingUntilTick}.
   */
  private final Set<PlannedTag> failingBlocks = new HashSet<>();

  private long failingUntilTick;
  private ReadPlan plan;

  /** The results of the current scan. */
  private Measurement[] results;

  public DeviceScan(
      Device<ModbusDevice> device,
      BlockSettings settings,
      List<Point<ModbusTag>> points,
      ModbusConnection connection,
      UnitHealth units,
      Clock clock) {
    this.device = device;
    this.settings = settings;
    this.ownUnit = device.settings().unit();
    List<PlannedTag> all = new ArrayList<>(points.size());
    for (Point<ModbusTag> point : points) {
      all.add(PlannedTag.of(all.size(), point, ownUnit));
    }
    this.allTags = List.copyOf(all);
    this.connection = connection;
    this.units = units;
    this.clock = clock;
    this.refused = new RefusedAddresses(settings.recheckInterval().toNanos());
    this.plan = ReadPlan.of(allTags, ownUnit, settings, refused);
  }

  /** The number of requests that the next scan sends. */
  public int requests() {
    return plan.blocks().size();
  }

  /**
   * Reads the tags.
   *
   * @return one measurement a tag, in their order
   * @throws ProtocolException when the device's own unit does not answer or the connection is lost
   */
  public List<Measurement> run() throws ProtocolException {
    results = new Measurement[allTags.size()];
    recheck();
    replan();
    if (plan.blocks().isEmpty()) {
      // All tags are refused at present; the scan must still find out whether the device is there.
      connection.open();
    }
    for (Block block : plan.blocks()) {
      read(block);
    }
    long now = clock.epochNanos();
    for (PlannedTag planned : refused.refusedTags()) {
      if (results[planned.index()] == null) {
        results[planned.index()] = Measurement.bad(planned.point(), now, refused.statusOf(planned));
      }
    }
    replan();
    return Arrays.asList(results);
  }

  private void replan() {
    if (refused.takeChanged()) {
      plan = ReadPlan.of(allTags, ownUnit, settings, refused);
    }
  }

  /** Reads at most one refused tag again, so that a scan sends at most one additional request. */
  private void recheck() throws ProtocolException {
    long tick = clock.tick();
    refused.forgetDueSplit(tick);
    if (failingUntilTick - tick <= 0) {
      failingBlocks.clear();
    }
    PlannedTag due = refused.due(tick);
    if (due == null || units.silence(due.unitTable().unit(), tick) != null) {
      return;
    }
    Block block = ReadPlan.alone(due, settings, refused);
    try {
      byte[] data = ask(block);
      if (data != null) {
        refused.forget(due.unitTable());
      }
    } catch (ModbusExceptionResponse e) {
      refused.refuse(due, e.code().toString(), tick);
    }
  }

  private void read(Block block) throws ProtocolException {
    try {
      decode(block, ask(block));
    } catch (ModbusExceptionResponse e) {
      onException(block, e.code());
    }
  }

  /**
   * Reads the data of a block; null when the block belongs to another unit that does not answer.
   */
  private byte[] ask(Block block) throws ModbusExceptionResponse, ProtocolException {
    int unit = block.unitTable().unit();
    if (unit == ownUnit) {
      return connection.read(unit, block.unitTable().table(), block.start(), block.quantity());
    }
    String silence = units.silence(unit, clock.tick());
    if (silence != null) {
      allBad(block, silence);
      return null;
    }
    try {
      byte[] data =
          connection.read(unit, block.unitTable().table(), block.start(), block.quantity());
      units.answered(unit);
      return data;
    } catch (ProtocolException e) {
      if (e.scope() != Scope.DEVICE) {
        throw e;
      }
      unitSilent(block, e.status());
      return null;
    }
  }

  private void unitSilent(Block block, String status) {
    units.failed(block.unitTable().unit(), status, clock.tick());
    allBad(block, status);
  }

  private void decode(Block block, byte[] data) {
    if (data == null) {
      return;
    }
    long now = clock.epochNanos();
    for (PlannedTag planned : block.tags()) {
      Tag<ModbusTag> tag = planned.tag();
      DecodedValue decoded =
          tag.address().codec().decode(data, block.offsetOf(planned), tag.scaling());
      results[planned.index()] =
          new Measurement(
              planned.point(), now, now, decoded.value(), decoded.quality(), decoded.status());
    }
  }

  private void allBad(Block block, String status) {
    long now = clock.epochNanos();
    for (PlannedTag planned : block.tags()) {
      results[planned.index()] = Measurement.bad(planned.point(), now, status);
    }
  }

  private void onException(Block block, ModbusExceptionCode code) throws ProtocolException {
    if (code.isGateway()) {
      gatewayFailed(block, code);
      return;
    }
    boolean single = block.tags().size() == 1;
    if (settings.isolation() == Isolation.NONE
        || !isolates(code)
        || failingBlocks.contains(block.tags().get(0))) {
      allBad(block, code.toString());
    } else if (single) {
      tagRefused(block, code);
    } else {
      isolate(block);
      judgeServerFailures(block);
    }
  }

  /** Whether a part of the block may have caused the exception. */
  private static boolean isolates(ModbusExceptionCode code) {
    return code.equals(ModbusExceptionCode.ILLEGAL_DATA_ADDRESS)
        || code.equals(ModbusExceptionCode.ILLEGAL_DATA_VALUE)
        || code.equals(ModbusExceptionCode.SERVER_DEVICE_FAILURE);
  }

  private void tagRefused(Block block, ModbusExceptionCode code) {
    allBad(block, code.toString());
    if (!code.equals(ModbusExceptionCode.SERVER_DEVICE_FAILURE)) {
      refused.refuse(block.tags().get(0), code.toString(), clock.tick());
    }
  }

  /**
   * Some devices answer undefined addresses with exception 4, which otherwise means that the device
   * as a whole failed. If a part of the block can be read, the failed tags count as refused.
   * Otherwise the block is read as a whole until the recheck, so that its values return as soon as
   * the device recovers.
   */
  private void judgeServerFailures(Block block) {
    List<PlannedTag> failed = new ArrayList<>();
    boolean anyRead = false;
    for (PlannedTag planned : block.tags()) {
      Measurement result = results[planned.index()];
      anyRead |= result.quality() != Quality.BAD;
      if (FAILURE.equals(result.status())) {
        failed.add(planned);
      }
    }
    if (anyRead) {
      failed.forEach(planned -> refused.refuse(planned, FAILURE, clock.tick()));
    } else if (!failed.isEmpty()) {
      failingBlocks.add(block.tags().get(0));
      failingUntilTick = clock.tick() + settings.recheckInterval().toNanos();
    }
  }

  /** Reads the parts of a refused block. */
  private void isolate(Block block) throws ProtocolException {
    int size = block.tags().size();
    if (settings.isolation() == Isolation.SINGLE) {
      boolean anyRefused = false;
      for (int i = 0; i < size; i++) {
        anyRefused |= readPart(block.part(i, i + 1));
      }
      for (int i = 1; i < size && !anyRefused; i++) {
        refused.splitBefore(block.tags().get(i), clock.tick());
      }
      return;
    }
    int middle = size / 2;
    boolean leftRefused = readPart(block.part(0, middle));
    boolean rightRefused = readPart(block.part(middle, size));
    if (!leftRefused && !rightRefused) {
      refused.splitBefore(block.tags().get(middle), clock.tick());
    }
  }

  /** Reads a part of a refused block; true when it was refused again. */
  private boolean readPart(Block part) throws ProtocolException {
    try {
      decode(part, ask(part));
      return false;
    } catch (ModbusExceptionResponse e) {
      ModbusExceptionCode code = e.code();
      if (code.isGateway()) {
        gatewayFailed(part, code);
      } else if (!isolates(code)) {
        allBad(part, code.toString());
      } else if (part.tags().size() == 1) {
        tagRefused(part, code);
      } else {
        isolate(part);
      }
      return true;
    }
  }

  private void gatewayFailed(Block block, ModbusExceptionCode code) throws ProtocolException {
    int unit = block.unitTable().unit();
    if (unit == ownUnit) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.DEVICE,
          code.toString(),
          device.name()
              + ": the gateway at "
              + connection.endpoint()
              + " got no response from unit "
              + unit
              + " ("
              + code
              + "); check the unit identifier and the serial line behind the gateway",
          null);
    }
    unitSilent(block, code.toString());
  }
}
