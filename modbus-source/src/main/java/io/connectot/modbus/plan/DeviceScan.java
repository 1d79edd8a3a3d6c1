// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.BlockSettings;
import io.connectot.modbus.config.Isolation;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.transport.ModbusExceptionCode;
import io.connectot.modbus.transport.ModbusExceptionReply;
import io.connectot.modbus.transport.ModbusLink;
import io.connectot.modbus.type.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Scans one list of tags of one device, again and again, and learns which of them the device
 * refuses.
 *
 * <p>A unit of a tag's own ({@code unit.id=}) that does not answer makes its tags BAD; the device's
 * own unit not answering fails the scan, and what the scan had read before is dropped: the runtime
 * counts the scan as missed. For one thread at a time.
 */
public final class DeviceScan {
  private static final String FAILURE = ModbusExceptionCode.SERVER_DEVICE_FAILURE.toString();

  private final Device<ModbusDevice> device;
  private final BlockSettings settings;
  private final int ownUnit;
  private final List<Item> items;
  private final ModbusLink link;
  private final UnitHealth units;
  private final ScanClock clock;
  private final RefusalMemory memory;

  /** First tags of blocks of which no tag could be read: they are not taken apart again at once. */
  private final Set<Item> hopeless = new HashSet<>();

  private long hopelessUntilTick;
  private ReadPlan plan;

  /** The scan under way. */
  private Measurement[] results;

  public DeviceScan(
      Device<ModbusDevice> device,
      List<Point<ModbusTag>> points,
      ModbusLink link,
      UnitHealth units,
      ScanClock clock) {
    this.device = device;
    this.settings = device.settings().blocks();
    this.ownUnit = device.settings().unit();
    List<Item> all = new ArrayList<>(points.size());
    for (Point<ModbusTag> point : points) {
      all.add(Item.of(all.size(), point, ownUnit));
    }
    this.items = List.copyOf(all);
    this.link = link;
    this.units = units;
    this.clock = clock;
    this.memory = new RefusalMemory(settings.recheckInterval().toNanos());
    this.plan = ReadPlan.of(items, ownUnit, settings, memory);
  }

  /** How many requests a scan takes as things are. */
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
    results = new Measurement[items.size()];
    recheck();
    replan();
    if (plan.blocks().isEmpty()) {
      // Everything is refused for now; that the device is there must still be known.
      link.open();
    }
    for (Block block : plan.blocks()) {
      read(block);
    }
    long now = clock.epochNanos();
    for (Item item : memory.refusedItems()) {
      if (results[item.index()] == null) {
        results[item.index()] = Measurement.bad(item.point(), now, memory.statusOf(item));
      }
    }
    replan();
    return Arrays.asList(results);
  }

  private void replan() {
    if (memory.takeChanged()) {
      plan = ReadPlan.of(items, ownUnit, settings, memory);
    }
  }

  /** Asks again for one refused tag at most: a scan that rechecks takes one request more. */
  private void recheck() throws ProtocolException {
    long tick = clock.tick();
    memory.forgetDueCut(tick);
    if (hopelessUntilTick - tick <= 0) {
      hopeless.clear();
    }
    Item due = memory.due(tick);
    if (due == null || units.silence(due.area().unit(), tick) != null) {
      return;
    }
    Block block = ReadPlan.alone(due, settings, memory);
    try {
      byte[] data = ask(block);
      if (data != null) {
        memory.forget(due.area());
      }
    } catch (ModbusExceptionReply e) {
      memory.refuse(due, e.code().toString(), tick);
    }
  }

  private void read(Block block) throws ProtocolException {
    try {
      take(block, ask(block));
    } catch (ModbusExceptionReply e) {
      refused(block, e.code());
    }
  }

  /** The data of a block; null when it belongs to another unit that does not answer. */
  private byte[] ask(Block block) throws ModbusExceptionReply, ProtocolException {
    int unit = block.area().unit();
    if (unit == ownUnit) {
      return link.read(unit, block.area().table(), block.start(), block.quantity());
    }
    String silence = units.silence(unit, clock.tick());
    if (silence != null) {
      allBad(block, silence);
      return null;
    }
    try {
      byte[] data = link.read(unit, block.area().table(), block.start(), block.quantity());
      units.answered(unit);
      return data;
    } catch (ProtocolException e) {
      if (e.scope() != Scope.DEVICE) {
        throw e;
      }
      silent(block, e.status());
      return null;
    }
  }

  private void silent(Block block, String status) {
    units.failed(block.area().unit(), status, clock.tick());
    allBad(block, status);
  }

  private void take(Block block, byte[] data) {
    if (data == null) {
      return;
    }
    long now = clock.epochNanos();
    for (Item item : block.items()) {
      Tag<ModbusTag> tag = item.tag();
      Reading reading = tag.address().codec().decode(data, block.offsetOf(item), tag.scaling());
      results[item.index()] =
          new Measurement(
              item.point(), now, now, reading.value(), reading.quality(), reading.status());
    }
  }

  private void allBad(Block block, String status) {
    long now = clock.epochNanos();
    for (Item item : block.items()) {
      results[item.index()] = Measurement.bad(item.point(), now, status);
    }
  }

  private void refused(Block block, ModbusExceptionCode code) throws ProtocolException {
    if (code.isGateway()) {
      gatewayFailed(block, code);
      return;
    }
    boolean single = block.items().size() == 1;
    if (settings.isolation() == Isolation.NONE
        || !isolates(code)
        || hopeless.contains(block.items().get(0))) {
      allBad(block, code.toString());
    } else if (single) {
      guilty(block, code);
    } else {
      takeApart(block);
      judgeFailures(block);
    }
  }

  /** Whether the exception may be the fault of a part of the block. */
  private static boolean isolates(ModbusExceptionCode code) {
    return code.equals(ModbusExceptionCode.ILLEGAL_DATA_ADDRESS)
        || code.equals(ModbusExceptionCode.ILLEGAL_DATA_VALUE)
        || code.equals(ModbusExceptionCode.SERVER_DEVICE_FAILURE);
  }

  private void guilty(Block block, ModbusExceptionCode code) {
    allBad(block, code.toString());
    if (!code.equals(ModbusExceptionCode.SERVER_DEVICE_FAILURE)) {
      memory.refuse(block.items().get(0), code.toString(), clock.tick());
    }
  }

  /**
   * Some devices answer undefined addresses with exception 4, which otherwise says that the device
   * as a whole is unwell. It is the former when a part of the block can be read; else the block is
   * asked for as a whole until the time of the recheck, so that it is back as soon as the device
   * is.
   */
  private void judgeFailures(Block block) {
    List<Item> failed = new ArrayList<>();
    boolean anyRead = false;
    for (Item item : block.items()) {
      Measurement result = results[item.index()];
      anyRead |= result.quality() != Quality.BAD;
      if (FAILURE.equals(result.status())) {
        failed.add(item);
      }
    }
    if (anyRead) {
      failed.forEach(item -> memory.refuse(item, FAILURE, clock.tick()));
    } else if (!failed.isEmpty()) {
      hopeless.add(block.items().get(0));
      hopelessUntilTick = clock.tick() + settings.recheckInterval().toNanos();
    }
  }

  /** Reads the parts of a refused block. */
  private void takeApart(Block block) throws ProtocolException {
    int size = block.items().size();
    if (settings.isolation() == Isolation.SINGLE) {
      boolean refused = false;
      for (int i = 0; i < size; i++) {
        refused |= readPart(block.part(i, i + 1));
      }
      for (int i = 1; i < size && !refused; i++) {
        memory.cutBefore(block.items().get(i), clock.tick());
      }
      return;
    }
    int middle = size / 2;
    boolean leftRefused = readPart(block.part(0, middle));
    boolean rightRefused = readPart(block.part(middle, size));
    if (!leftRefused && !rightRefused) {
      memory.cutBefore(block.items().get(middle), clock.tick());
    }
  }

  /** Reads a part of a refused block; true when it was refused again. */
  private boolean readPart(Block part) throws ProtocolException {
    try {
      take(part, ask(part));
      return false;
    } catch (ModbusExceptionReply e) {
      ModbusExceptionCode code = e.code();
      if (code.isGateway()) {
        gatewayFailed(part, code);
      } else if (!isolates(code)) {
        allBad(part, code.toString());
      } else if (part.items().size() == 1) {
        guilty(part, code);
      } else {
        takeApart(part);
      }
      return true;
    }
  }

  private void gatewayFailed(Block block, ModbusExceptionCode code) throws ProtocolException {
    int unit = block.area().unit();
    if (unit == ownUnit) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.DEVICE,
          code.toString(),
          device.name()
              + ": the gateway at "
              + link.endpoint()
              + " has no answer of unit "
              + unit
              + " ("
              + code
              + "); check the unit identifier and the device's line",
          null);
    }
    silent(block, code.toString());
  }
}
