// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

/**
 * Where the records of a connector come from.
 *
 * @param unsPath the path of the connector's devices in the unified namespace, without slashes at
 *     its ends; may be empty
 * @param protocol the column {@code protocol}, unless a device has its own
 * @param connector the connector's name
 */
public record RecordOrigin(String unsPath, String protocol, String connector) {

  public RecordOrigin {
    unsPath = trimSlashes(unsPath);
  }

  /** The unified-namespace path of a device. */
  public String path(String device) {
    return unsPath.isEmpty() ? device : unsPath + "/" + device;
  }

  private static String trimSlashes(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }
}
