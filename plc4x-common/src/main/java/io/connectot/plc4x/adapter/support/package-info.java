// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What single drivers of Apache PLC4X need in addition, and defects of theirs that it avoids. */
package io.connectot.plc4x.adapter.support;
