// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Value;
import java.time.Instant;
import java.util.List;

/**
 * What one record asks for. Immutable.
 *
 * @param origin where it comes from
 * @param expires when it is too old to be sent
 * @param device the name of the device; empty when it names none
 * @param writes tags and their values, in order; may be empty if there is a problem
 * @param problem why it makes no sense, with the remedy; null when it does
 */
public record Command(
    CommandResult.Origin origin,
    Instant expires,
    String device,
    List<Write> writes,
    String problem) {

  public Command {
    writes = List.copyOf(writes);
  }

  /**
   * One tag.
   *
   * @param value in engineering units, as the record has it
   */
  public record Write(String tag, Value value) {}
}
