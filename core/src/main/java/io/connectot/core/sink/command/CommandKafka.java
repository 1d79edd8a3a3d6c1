// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.sink.command.outcome.AtMostOnceJournal;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.publish.RecordPublisher;
import java.util.Optional;

/**
 * What a task writes to Kafka with.
 *
 * @param publisher empty when nothing is published
 * @param atMostOnce empty unless commands are noted before they are sent
 */
record CommandKafka(Optional<RecordPublisher> publisher, Optional<AtMostOnceJournal> atMostOnce)
    implements CommandSession.Published {

  /** The journal of commands. */
  CommandJournal journal() {
    return atMostOnce.isPresent() ? atMostOnce.get() : CommandJournal.none(publisher.orElse(null));
  }

  @Override
  public Optional<Throwable> failure() {
    return publisher
        .flatMap(RecordPublisher::failure)
        .or(() -> atMostOnce.flatMap(AtMostOnceJournal::failure));
  }

  @Override
  public void close() {
    atMostOnce.ifPresent(AtMostOnceJournal::close);
    publisher.ifPresent(RecordPublisher::close);
  }
}
