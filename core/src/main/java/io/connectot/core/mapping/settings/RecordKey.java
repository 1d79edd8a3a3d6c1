// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

/** What a record is keyed by: {@code record.key}. A row has no tag and is keyed by its device. */
public enum RecordKey {
  /** {@code <uns.path>/<device>/<tag>}. */
  PATH,
  DEVICE,
  TAG,
  /** No key: records spread over the partitions. */
  NONE
}
