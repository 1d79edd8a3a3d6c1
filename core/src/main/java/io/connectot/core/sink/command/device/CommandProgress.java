// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import io.connectot.core.spi.WriteOutcome;
import java.time.Instant;

/**
 * How far the attempts to carry out one command got. For one thread at a time, but for one field.
 */
final class CommandProgress {
  /** Whether the task lost the partition of the command. Written by the thread of the task. */
  volatile boolean dropped;

  /** How often it was sent to the device. */
  int attempts;

  /** When it was first sent; null before that. */
  Instant started;

  /** What is known of the last attempt, if nothing is known of the writes; else null. */
  WriteOutcome.Unknown unknown;

  /** Why the device could not be asked what has to be known before the command is sent. */
  String obstacle;
}
