// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Apache PLC4X behind a small interface; nobody else imports it, for its interface will change. */
package io.connectot.plc4x.adapter;
