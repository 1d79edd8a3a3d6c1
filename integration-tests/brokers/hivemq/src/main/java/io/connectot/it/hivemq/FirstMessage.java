// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.hivemq;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.RetainedPublish;
import java.nio.ByteBuffer;

/**
 * Stores retained messages before the broker listens, so that they are the first after a start.
 *
 * <p>HiveMQ commits the entry of a queue before its payload. If it is killed in between, it gives
 * the first message after the restart the number of that entry, does not store the payload, and
 * confirms the message all the same.
 */
final class FirstMessage implements ExtensionMain {
  /** One for each thread that may have been between entry and payload. */
  private static final int MESSAGES = Runtime.getRuntime().availableProcessors() * 2;

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    for (int message = 0; message < MESSAGES; message++) {
      RetainedPublish publish =
          Builders.retainedPublish()
              .topic("broker/started/" + message)
              .payload(ByteBuffer.wrap(new byte[] {1}))
              .build();
      Services.retainedMessageStore().addOrReplace(publish).join();
    }
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
}
