// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSetup;
import java.util.Map;

/** Reads the Modbus devices of one task. */
public final class ModbusSourceTask extends OtSourceTask {
  @Override
  protected SourceSetup<?, ?> setup(Map<String, String> props) {
    return SourceSetup.of(new ModbusProtocol(), props);
  }
}
