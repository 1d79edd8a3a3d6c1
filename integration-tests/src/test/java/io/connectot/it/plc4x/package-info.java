// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Tests of the PLC4X source on separate workers. */
package io.connectot.it.plc4x;
