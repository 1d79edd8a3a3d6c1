// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Which requests read a list of tags, and what refused addresses change about it. */
package io.connectot.modbus.plan;
