// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.check;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.WriteRule;
import io.connectot.core.model.WriteRule.Interlock;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.command.read.CommandRejectedException;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.core.spi.line.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether a command for one device may be sent, and makes the writes of it. A command is
 * sent as a whole or not at all. For one thread at a time.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class CommandCheck<E, A> {
  private final Device<E> device;
  private final Map<String, Tag<A>> tags = new LinkedHashMap<>();
  private final WriteLimits limits;

  public CommandCheck(Device<E> device, List<Tag<A>> tags, WriteLimits limits) {
    this.device = device;
    this.limits = limits;
    tags.forEach(tag -> this.tags.put(tag.name(), tag));
  }

  /** Why one write of a command must not be sent, and with it the others. */
  public static final class RejectedWriteException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int index;

    RejectedWriteException(int index, String reason) {
      super(reason);
      this.index = index;
    }

    /** The number of the write in the command. */
    public int index() {
      return index;
    }
  }

  /**
   * Makes the writes of a command.
   *
   * @throws RejectedWriteException when the command must not be sent
   * @throws ProtocolException when the device does not answer what has to be known before
   */
  public List<TagWrite<A>> prepare(WritingSession<E, A> session, Command command)
      throws RejectedWriteException, ProtocolException, InterruptedException {
    List<TagWrite<A>> writes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    try {
      for (Command.Write write : command.writes()) {
        if (!names.add(write.tag())) {
          throw new CommandRejectedException("the command has the tag twice; send it once");
        }
        writes.add(prepare(session, write));
        index++;
      }
      index = 0;
      for (TagWrite<A> write : writes) {
        checkInterlock(session, write.tag());
        index++;
      }
    } catch (CommandRejectedException e) {
      throw new RejectedWriteException(index, e.getMessage());
    }
    return writes;
  }

  private TagWrite<A> prepare(WritingSession<E, A> session, Command.Write write)
      throws CommandRejectedException, ProtocolException, InterruptedException {
    Tag<A> tag = tag(write.tag());
    WriteRule rule = tag.writeRule().orElseThrow();
    WriteTarget target = session.target(device, tag);
    if (target.refusal() != null) {
      throw new CommandRejectedException(target.refusal());
    }
    Value raw = Coercion.raw(write.value(), target, tag.scaling());
    WriteLimits.checkRange(rule, write.value());
    if (rule.rate().isPresent()) {
      limits.checkRate(tag, rule.rate().get());
    }
    return new TagWrite<>(tag, raw);
  }

  private Tag<A> tag(String name) throws CommandRejectedException {
    Tag<A> tag = tags.get(name);
    if (tag == null) {
      throw new CommandRejectedException(
          "device '"
              + device.name()
              + "' has no tag '"
              + name
              + "' that may be written"
              + Suggestion.of(name, tags.keySet())
                  .word()
                  .map(word -> ", did you mean " + word + "?")
                  .orElse("; add it to the tag list with write=true"));
    }
    if (tag.writeRule().isEmpty()) {
      throw new CommandRejectedException(
          "tag '" + name + "' may not be written; add write=true to its line to allow it");
    }
    return tag;
  }

  private void checkInterlock(WritingSession<E, A> session, Tag<A> tag)
      throws CommandRejectedException, ProtocolException, InterruptedException {
    if (tag.writeRule().orElseThrow().interlock().isEmpty()) {
      return;
    }
    Interlock interlock = tag.writeRule().orElseThrow().interlock().get();
    Tag<A> other = tags.get(interlock.tag());
    ReadBack actual = session.read(device, List.of(other)).get(0);
    if (actual.value() == null) {
      throw new CommandRejectedException(
          "the condition write.if="
              + interlock
              + " cannot be checked: tag '"
              + other.name()
              + "' cannot be read ("
              + actual.status()
              + ")");
    }
    Value value = Comparisons.scaled(actual.value(), other);
    if (!Comparisons.holds(interlock, value)) {
      throw new CommandRejectedException(
          "the condition write.if="
              + interlock
              + " does not hold: '"
              + other.name()
              + "' is "
              + Coercion.describe(value));
    }
  }
}
