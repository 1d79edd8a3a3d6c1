// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

/** A peer that is a process which stores what it confirms. For one thread. */
interface CrashingSide extends OtherSide {
  /** Kills the process at once. */
  void crash();
}
