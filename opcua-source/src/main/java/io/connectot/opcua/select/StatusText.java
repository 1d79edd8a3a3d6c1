// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Status codes as records have them: {@code 0x80340000 Bad_NodeIdUnknown}. */
final class StatusText {
  private StatusText() {}

  static String of(StatusCode status) {
    String name = StatusCodes.lookup(status.getValue()).map(names -> names[0]).orElse("");
    return String.format("0x%08X %s", status.getValue(), name).strip();
  }
}
