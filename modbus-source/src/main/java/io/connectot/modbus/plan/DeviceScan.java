// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.util.List;
import java.util.Map;

/**
 * Scans one list of tags of one device repeatedly and remembers which of them the device refuses.
 *
 * <p>A unit that answers no request of a scan is away. When it is a unit named by a tag ({@code
 * unit.id=}), its tags are BAD. When it is the device's own, the scan fails and its results are
 * dropped; the runtime counts it as missed. A unit that answers some requests of a scan is there,
 * and the tags of the others are examined, see {@link SilentTags}. For one thread at a time.
 */
public final class DeviceScan {
  /** Of the time, at most one part in so many is spent on silent tags. */
  private static final int SILENT_RECHECK_SHARE = 20;

  private final BlockSettings settings;
  private final int ownUnit;
  private final ScannedTags tags;

  /** The tags, and after them those of scale factors. */
  private final List<PlannedTag> allTags;

  private final ModbusConnection connection;
  private final ScannedUnits units;
  private final Clock clock;
  private final RefusedAddresses refused;

  private final FailingBlocks failing;
  private final QuantityLimits limits;
  private final SilentTags silentTags = new SilentTags();

  private ReadPlan plan;
  private long startedTick;
  private long nextSilentRecheckTick;

  /** The results of the current scan. */
  private ScanResults results;

  /**
   * @param models the addresses of the device's SunSpec models
   */
  public DeviceScan(
      Device<ModbusDevice> device,
      BlockSettings settings,
      List<Point<ModbusTag>> points,
      Map<Integer, Integer> models,
      ModbusConnection connection,
      UnitHealth units,
      Clock clock) {
    this.settings = settings;
    this.ownUnit = device.settings().unit();
    this.tags = new ScannedTags(device, points, models);
    this.allTags = tags.read();
    this.connection = connection;
    this.units = new ScannedUnits(device, connection, units, clock);
    this.clock = clock;
    this.refused = new RefusedAddresses(settings.recheckInterval().toNanos());
    this.failing = new FailingBlocks(refused, settings.recheckInterval().toNanos());
    this.nextSilentRecheckTick = clock.tick();
    this.limits = new QuantityLimits(settings.recheckInterval().toNanos());
    this.plan = ReadPlan.of(allTags, ownUnit, settings, refused, limits);
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
    startedTick = clock.tick();
    results = new ScanResults(tags.results(), clock);
    units.beginScan();
    for (Block probe : units.probes(allTags)) {
      if (units.pausedStatus(probe.unitTable().unit()) == null) {
        read(probe);
      }
    }
    recheck();
    replan();
    if (plan.blocks().isEmpty() && units.answeredNothing()) {
      // All tags are refused at present; the scan must still find out whether the device is there.
      connection.open();
    }
    // Before the requests: a tag that is found to be readable again has no response in this scan.
    results.badWhereMissing(refused.refusedTags(), refused::statusOf);
    for (Block block : plan.blocks()) {
      read(block);
    }
    examine();
    replan();
    tags.complete(results);
    return results.first(tags.points());
  }

  /** Forgets what the last scan learned: its responses may have been those to another master. */
  public void forgetLearned() {
    refused.forgetSince(startedTick);
    failing.clear();
    silentTags.clear();
    limits.clear();
  }

  private void replan() {
    if (refused.takeChanged()) {
      plan = ReadPlan.of(allTags, ownUnit, settings, refused, limits);
    }
  }

  /** Reads at most one refused tag again, so that a scan sends at most one additional request. */
  private void recheck() throws ProtocolException {
    long tick = clock.tick();
    refused.forgetDueSplit(tick);
    if (limits.forgetDue(tick)) {
      refused.replan();
    }
    failing.forgetDue(tick);
    PlannedTag due = refused.due(tick);
    if (due == null || units.pausedStatus(due.unitTable().unit()) != null) {
      return;
    }
    Block block = ReadPlan.alone(due, settings, refused);
    try {
      if (ask(block) != null) {
        refused.forget(due.unitTable());
      }
    } catch (ModbusExceptionResponse e) {
      refused.refuse(due, e.code().toString(), tick);
    }
  }

  private void read(Block block) throws ProtocolException {
    try {
      byte[] data = ask(block);
      if (data != null) {
        results.decode(block, data);
      }
    } catch (ModbusExceptionResponse e) {
      onException(block, e.code());
    }
  }

  /** Reads the data of a block; null when it is not answered, which makes its tags BAD. */
  private byte[] ask(Block block) throws ModbusExceptionResponse, ProtocolException {
    String silence = units.pausedStatus(block.unitTable().unit());
    if (silence != null) {
      results.bad(block, silence);
      return null;
    }
    try {
      return answer(block);
    } catch (ProtocolException e) {
      silent(block, e);
      return null;
    }
  }

  private byte[] answer(Block block) throws ModbusExceptionResponse, ProtocolException {
    try {
      byte[] data = units.answer(block);
      limits.answered(block);
      answered(block);
      return data;
    } catch (ModbusExceptionResponse e) {
      answered(block);
      throw e;
    }
  }

  private void answered(Block block) {
    silentTags.answered(block);
    refused.answered(block.tags());
  }

  /** Decides whether the unit is away or does not answer for these tags. */
  private void silent(Block block, ProtocolException failure) throws ProtocolException {
    if (failure.scope() != Scope.DEVICE) {
      throw failure;
    }
    if (!units.isThere(block.unitTable().unit())) {
      if (!units.hasReturned(block.unitTable().unit())) {
        // The unit is not in order, so that its rejections say nothing about tags.
        refused.forgetSince(startedTick);
      }
      units.failed(block, failure);
      results.bad(block, failure.status());
      return;
    }
    // The next scan asks for another tag first, so that it knows again that the unit is there.
    units.probeNext(block.unitTable().unit());
    if (settings.isolation() != Isolation.NONE
        && !refused.isRefused(block.tags().get(0))
        && silentTags.silent(block)) {
      block.tags().forEach(planned -> refused.silent(planned, failure.status(), clock.tick()));
    }
    results.bad(block, failure.status());
  }

  /**
   * Reads parts of silent blocks until one is silent again, rechecks a silent tag, or tries a
   * longer request, so that a scan has to wait for one more timeout at most.
   */
  private void examine() throws ProtocolException {
    for (SilentTags.Part part = silentTags.next(); part != null; part = silentTags.next()) {
      if (!units.hasAnswered(part.block().unitTable().unit())) {
        silentTags.putBack(part);
        return;
      }
      if (!examine(part)) {
        return;
      }
    }
    if (!recheckSilent()) {
      while (tryLonger()) {
        // A rejected request costs little; a silent one ends the search for this scan.
      }
    }
  }

  /** Reads a part of a silent block; false when it is silent too. */
  private boolean examine(SilentTags.Part part) throws ProtocolException {
    Block block = part.block();
    try {
      results.decode(block, answer(block));
    } catch (ModbusExceptionResponse e) {
      onException(block, e.code());
    } catch (ProtocolException e) {
      silent(block, e);
      if (block.tags().size() > 1) {
        silentTags.split(part);
      }
      return false;
    }
    Block whole = part.answered();
    if (whole != null) {
      partsAnswered(whole);
    }
    return true;
  }

  /** All tags of a block can be read, but not in one request. */
  private void partsAnswered(Block block) {
    PlannedTag second = block.tags().get(block.tags().size() / 2);
    if (limits.isLongest(block) && block.isWithoutHoleBefore(second)) {
      limits.tooLong(block, clock.tick());
      refused.replan();
    } else {
      refused.splitBefore(second, clock.tick());
    }
  }

  /** Reads a silent tag again; false when none is due. */
  private boolean recheckSilent() throws ProtocolException {
    long tick = clock.tick();
    PlannedTag due = refused.silentDue(tick);
    if (due == null
        || nextSilentRecheckTick - tick > 0
        || !units.hasAnswered(due.unitTable().unit())) {
      return false;
    }
    Block block = ReadPlan.alone(due, settings, refused);
    try {
      results.decode(block, answer(block));
      refused.forget(due.unitTable());
    } catch (ModbusExceptionResponse e) {
      results.bad(block, e.code().toString());
      refused.forget(due.unitTable());
    } catch (ProtocolException e) {
      refused.silent(due, e.status(), clock.tick());
      silent(block, e);
    }
    nextSilentRecheckTick = clock.tick() + SILENT_RECHECK_SHARE * (clock.tick() - tick);
    return true;
  }

  /**
   * Sends a request that is longer than those answered, to learn the limit of the device; false
   * when there is none to send or it is not answered.
   */
  private boolean tryLonger() throws ProtocolException {
    for (Block planned : plan.blocks()) {
      UnitTable unitTable = planned.unitTable();
      int quantity = limits.trial(unitTable);
      if (quantity == 0 || !units.hasAnswered(unitTable.unit())) {
        continue;
      }
      Block block = ReadPlan.trial(allTags, unitTable, settings, quantity, refused, limits);
      if (block == null) {
        limits.noTrialPossible(unitTable);
        continue;
      }
      refused.replan();
      try {
        answer(block);
        return true;
      } catch (ModbusExceptionResponse e) {
        limits.tooLong(block, clock.tick());
        return true;
      } catch (ProtocolException e) {
        limits.tooLong(block, clock.tick());
        if (!units.isThere(unitTable.unit())) {
          units.failed(block, e);
        }
        return false;
      }
    }
    return false;
  }

  private void onException(Block block, ModbusExceptionCode code) throws ProtocolException {
    boolean single = block.tags().size() == 1;
    if (settings.isolation() == Isolation.NONE || !isolates(code) || failing.contains(block)) {
      results.bad(block, code.toString());
    } else if (single) {
      tagRefused(block, code);
    } else {
      isolate(block);
      failing.judge(block, results, clock.tick());
    }
  }

  /** Whether a part of the block may have caused the exception. */
  private static boolean isolates(ModbusExceptionCode code) {
    return code.equals(ModbusExceptionCode.ILLEGAL_DATA_ADDRESS)
        || code.equals(ModbusExceptionCode.ILLEGAL_DATA_VALUE)
        || code.equals(ModbusExceptionCode.SERVER_DEVICE_FAILURE);
  }

  private void tagRefused(Block block, ModbusExceptionCode code) {
    results.bad(block, code.toString());
    if (!code.equals(ModbusExceptionCode.SERVER_DEVICE_FAILURE)) {
      refused.refuse(block.tags().get(0), code.toString(), clock.tick());
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
      partsAnswered(block);
    }
  }

  /** Reads a part of a refused block; true when it was refused again. */
  private boolean readPart(Block part) throws ProtocolException {
    try {
      byte[] data = ask(part);
      if (data == null) {
        return true;
      }
      results.decode(part, data);
      return false;
    } catch (ModbusExceptionResponse e) {
      ModbusExceptionCode code = e.code();
      if (!isolates(code)) {
        results.bad(part, code.toString());
      } else if (part.tags().size() == 1) {
        tagRefused(part, code);
      } else {
        isolate(part);
      }
      return true;
    }
  }
}
