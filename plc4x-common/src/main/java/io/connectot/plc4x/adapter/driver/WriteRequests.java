// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.connectot.plc4x.adapter.ResponseCode;
import java.util.LinkedHashMap;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.messages.PlcWriteRequest;
import org.apache.plc4x.java.api.messages.PlcWriteResponse;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.api.types.PlcResponseCode;
import org.apache.plc4x.java.api.value.PlcValue;
import org.apache.plc4x.java.spi.messages.DefaultPlcWriteRequest;
import org.apache.plc4x.java.spi.messages.PlcWriter;
import org.apache.plc4x.java.spi.messages.utils.DefaultPlcTagValueItem;
import org.apache.plc4x.java.spi.messages.utils.PlcTagValueItem;

/** Requests that write one value. */
final class WriteRequests {
  private static final String NAME = "0";

  private WriteRequests() {}

  /**
   * Makes a request. The builder of requests would convert the value by the type of the tag, and
   * not for every driver to the same one.
   */
  static PlcWriteRequest of(PlcConnection connection, PlcTag tag, PlcValue value) {
    LinkedHashMap<String, PlcTagValueItem<PlcTag>> items = new LinkedHashMap<>();
    items.put(NAME, new DefaultPlcTagValueItem<>(tag, value));
    return new DefaultPlcWriteRequest((PlcWriter) connection, items);
  }

  /**
   * What the device answered.
   *
   * @throws DriverException when the response does not tell
   */
  static ResponseCode code(PlcWriteResponse response) throws DriverException {
    PlcResponseCode code;
    try {
      code = response == null ? null : response.getResponseCode(NAME);
    } catch (RuntimeException e) {
      throw new DriverException("the response does not contain the tag: " + e, e, Kind.UNREADABLE);
    }
    if (code == null) {
      throw new DriverException("the response does not contain the tag", null, Kind.UNREADABLE);
    }
    return RequestResults.code(() -> code);
  }
}
