// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.junit.jupiter.api.Test;

class SessionEndReasonTest {
  private final SessionEndReason reason = new SessionEndReason();

  @Test
  void isTheConnectionWhereNoFaultEndsTheSession() {
    assertThat(reason.get().getStatusCode().value()).isEqualTo(StatusCodes.Bad_ConnectionClosed);
  }

  @Test
  void isNotTheFaultOfASingleService() {
    fault(StatusCodes.Bad_UserAccessDenied);
    assertThat(reason.get().getStatusCode().value()).isEqualTo(StatusCodes.Bad_ConnectionClosed);
  }

  @Test
  void isTheFaultThatEndsTheSession() {
    fault(StatusCodes.Bad_SessionIdInvalid);
    fault(StatusCodes.Bad_UserAccessDenied);
    assertThat(reason.get().getStatusCode().value()).isEqualTo(StatusCodes.Bad_SessionIdInvalid);
  }

  private void fault(long status) {
    reason.onServiceFault(
        new ServiceFault(
            new ResponseHeader(DateTime.now(), null, new StatusCode(status), null, null, null)));
  }
}
