// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Quality;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.Test;

class StatusInfoTest {
  @Test
  void takesTheQualityFromTheSeverity() {
    assertThat(StatusInfo.quality(StatusCode.GOOD)).isEqualTo(Quality.GOOD);
    assertThat(StatusInfo.quality(new StatusCode(StatusCodes.Good_Clamped)))
        .isEqualTo(Quality.GOOD);
    assertThat(StatusInfo.quality(StatusCode.UNCERTAIN)).isEqualTo(Quality.UNCERTAIN);
    assertThat(StatusInfo.quality(new StatusCode(StatusCodes.Bad_NodeIdUnknown)))
        .isEqualTo(Quality.BAD);
    assertThat(StatusInfo.quality(new StatusCode(0xC0000000L))).isEqualTo(Quality.BAD);
  }

  @Test
  void namesCodesAndKeepsTheNames() {
    StatusCode unknown = new StatusCode(StatusCodes.Bad_NodeIdUnknown);
    assertThat(StatusInfo.text(unknown)).isEqualTo("0x80340000 Bad_NodeIdUnknown");
    assertThat(StatusInfo.textOrNull(unknown)).isSameAs(StatusInfo.text(unknown));
    assertThat(StatusInfo.text(StatusCode.GOOD)).isEqualTo("0x00000000 Good");
    assertThat(StatusInfo.textOrNull(StatusCode.GOOD)).isNull();
    assertThat(StatusInfo.text(new StatusCode(0x8FFF0000L))).isEqualTo("0x8FFF0000 Bad");
  }

  @Test
  void readsTheBitsBesideTheCode() {
    StatusCode overflow = StatusCode.GOOD.withOverflow();
    assertThat(StatusInfo.isOverflow(overflow)).isTrue();
    assertThat(StatusInfo.isOverflow(new StatusCode(0x80))).isFalse();
    assertThat(StatusInfo.text(overflow)).isEqualTo("0x00000480 Good, overflow");
    StatusCode changed = new StatusCode(0x4000C000L);
    assertThat(StatusInfo.isSemanticsChanged(changed)).isTrue();
    assertThat(StatusInfo.isStructureChanged(changed)).isTrue();
    assertThat(StatusInfo.text(changed))
        .isEqualTo("0x4000C000 Uncertain, structure changed, semantics changed");
    assertThat(StatusInfo.isSemanticsChanged(StatusCode.GOOD)).isFalse();
    assertThat(StatusInfo.isStructureChanged(StatusCode.GOOD)).isFalse();
  }
}
